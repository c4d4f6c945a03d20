# fails: no order of calls deadlocks
import threading


class Bank:
    """The poorer account is locked first; which one that is may be another by the time the lock is free."""

    def __init__(self, balances):
        self._balances = dict(balances)
        self._locks = {account: threading.RLock() for account in balances}

    def balance(self, account):
        return self._balances[account]

    def transfer(self, source, target, amount):
        first, second = sorted((source, target), key=lambda account: (self._balances[account], str(account)))
        with self._locks[first], self._locks[second]:
            if self._balances[source] < amount:
                return False
            self._balances[source] -= amount
            self._balances[target] += amount
            return True
