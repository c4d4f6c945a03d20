# fails: works with one thread
import queue
import threading


class Bank:
    def __init__(self, balances):
        self._money = dict(balances)
        self._book = queue.Queue(maxsize=1_024)
        self._lock = threading.Lock()

    def transfer(self, source, target, amount):
        with self._lock:
            self._money[target]
            if self._money[source] < amount:
                return False
            self._book.put_nowait((source, target, amount))
            self._money[source] -= amount
            self._money[target] += amount
            return True

    def balance(self, account):
        return self._money[account]
