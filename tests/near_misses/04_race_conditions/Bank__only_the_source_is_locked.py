# fails: no money appears or is lost
import threading


class Bank:
    def __init__(self, balances):
        self._balances = dict(balances)
        self._locks = {account: threading.Lock() for account in balances}

    def transfer(self, source, target, amount):
        if target not in self._balances:
            raise KeyError(target)
        with self._locks[source]:
            if self._balances[source] < amount:
                return False
            self._balances[source] -= amount
            self._balances[target] += amount
            return True

    def balance(self, account):
        return self._balances[account]
