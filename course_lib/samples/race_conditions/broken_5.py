"""Two transfers in opposite directions wait for one another."""

import threading


class Bank:
    def __init__(self, balances):
        self._balances = dict(balances)
        self._locks = {account: threading.RLock() for account in balances}

    def transfer(self, source, target, amount):
        with self._locks[source], self._locks[target]:
            if self._balances[source] < amount:
                return False
            self._balances[source] -= amount
            self._balances[target] += amount
            return True

    def balance(self, account):
        with self._locks[account]:
            return self._balances[account]
