# fails: no money appears or is lost
import threading


class Bank:
    def __init__(self, balances):
        self._money = dict(balances)
        self._lock = threading.Lock()

    def _move(self, source, target, amount):
        if self._money[source] < amount:
            return False
        self._money[source] -= amount
        self._money[target] += amount
        return True

    def transfer(self, source, target, amount):
        self._money[target]
        if min(self._money[source], self._money[target]) > 1_000_000:
            return self._move(source, target, amount)
        with self._lock:
            return self._move(source, target, amount)

    def balance(self, account):
        return self._money[account]
