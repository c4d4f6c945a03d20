# fails: works with one thread
import threading


class Bank:
    def __init__(self, balances):
        self._balances = dict(balances)
        self._lock = threading.Lock()

    def transfer(self, source, target, amount):
        with self._lock:
            have, has = self._balances[source], self._balances[target]
            if have < amount:
                return False
            self._balances[source] = have - amount
            self._balances[target] = has + amount
            return True

    def balance(self, account):
        with self._lock:
            return self._balances[account]
