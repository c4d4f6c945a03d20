"""Both locks, always in the same order."""

import threading


class Bank:
    def __init__(self, balances):
        self._balances = dict(balances)
        self._locks = {account: threading.Lock() for account in balances}

    def transfer(self, source, target, amount):
        if source == target:
            return self.balance(source) >= amount
        first, second = sorted((source, target))
        with self._locks[first], self._locks[second]:
            if self._balances[source] < amount:
                return False
            self._balances[source] -= amount
            self._balances[target] += amount
            return True

    def balance(self, account):
        with self._locks[account]:
            return self._balances[account]
