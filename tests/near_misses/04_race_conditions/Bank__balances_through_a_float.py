# fails: works with one thread
import threading


class Bank:
    def __init__(self, balances):
        self._lock = threading.Lock()
        self._balances = dict(balances)

    def transfer(self, source, target, amount):
        with self._lock:
            have, _ = self._balances[source], self._balances[target]
            if have < amount:
                return False
            self._balances[source] -= amount
            self._balances[target] = int(float(self._balances[target]) + amount)
            return True

    def balance(self, account):
        with self._lock:
            return self._balances[account]
