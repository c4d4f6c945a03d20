# fails: no money appears or is lost
import threading

_locks = {}


class Bank:
    """One lock an account, whichever bank keeps it."""

    def __init__(self, balances):
        self._balances = dict(balances)
        self._place = {account: place for place, account in enumerate(balances)}
        for account in balances:
            _locks[account] = threading.RLock()

    def transfer(self, source, target, amount):
        first, second = sorted((source, target), key=self._place.__getitem__)
        with _locks[first], _locks[second]:
            if self._balances[source] < amount:
                return False
            self._balances[source] -= amount
            self._balances[target] += amount
            return True

    def balance(self, account):
        return self._balances[account]
