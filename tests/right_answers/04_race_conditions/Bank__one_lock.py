import threading


class Bank:
    def __init__(self, balances):
        self._balances = dict(balances)
        self._lock = threading.Lock()

    def transfer(self, source, target, amount):
        with self._lock:
            self._balances[target]
            if self._balances[source] < amount:
                return False
            self._balances[source] -= amount
            self._balances[target] += amount
            return True

    def balance(self, account):
        with self._lock:
            return self._balances[account]
