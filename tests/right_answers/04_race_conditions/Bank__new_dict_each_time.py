import threading


class Bank:
    """Readers see one complete dict or the next; writers take turns."""

    def __init__(self, balances):
        self._balances = dict(balances)
        self._lock = threading.Lock()

    def transfer(self, source, target, amount):
        with self._lock:
            new = dict(self._balances)
            if new[source] < amount:
                new[target]
                return False
            new[source] -= amount
            new[target] += amount
            self._balances = new
            return True

    def balance(self, account):
        return self._balances[account]
