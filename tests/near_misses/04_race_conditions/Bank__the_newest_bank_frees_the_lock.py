# fails: no money appears or is lost
import threading

_locks = {}


class Bank:
    """One lock for all banks, found by its name."""

    def __init__(self, balances):
        _locks["banks"] = threading.Lock()
        self._money = dict(balances)

    def transfer(self, source, target, amount):
        with _locks["banks"]:
            self._money[target]
            if self._money[source] < amount:
                return False
            self._money[source] -= amount
            self._money[target] += amount
            return True

    def balance(self, account):
        return self._money[account]
