import threading
from contextlib import ExitStack


class Bank:
    def __init__(self, balances):
        self._balances = dict(balances)
        self._locks = {account: threading.Lock() for account in balances}

    def transfer(self, source, target, amount):
        both = {source, target}
        if not both <= self._locks.keys():
            raise KeyError(source, target)
        with ExitStack() as held:
            for account in (account for account in self._locks if account in both):
                held.enter_context(self._locks[account])
            if self._balances[source] < amount:
                return False
            self._balances[source] -= amount
            self._balances[target] += amount
            return True

    def balance(self, account):
        return self._balances[account]
