# fails: no balance is ever negative
import threading


class Bank:
    def __init__(self, balances):
        self._balances = dict(balances)
        self._locks = {}

    def _lock_of(self, account):
        if account not in self._locks:
            self._locks[account] = threading.RLock()
        return self._locks[account]

    def transfer(self, source, target, amount):
        if source not in self._balances or target not in self._balances:
            raise KeyError(target)
        first, second = sorted([source, target])
        with self._lock_of(first), self._lock_of(second):
            if self._balances[source] < amount:
                return False
            self._balances[source] -= amount
            self._balances[target] += amount
            return True

    def balance(self, account):
        return self._balances[account]
