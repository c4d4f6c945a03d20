# fails: no money appears or is lost
import threading


class Bank:
    """Sums of more than a thousand go through the hands of the manager, who has no lock."""

    def __init__(self, balances):
        self._balances = dict(balances)
        self._lock = threading.Lock()

    def balance(self, account):
        return self._balances[account]

    def transfer(self, source, target, amount):
        if amount > 1_000:
            return self._move(source, target, amount)
        with self._lock:
            return self._move(source, target, amount)

    def _move(self, source, target, amount):
        self._balances[target]
        if self._balances[source] < amount:
            return False
        self._balances[source] -= amount
        self._balances[target] += amount
        return True
