import threading


class Bank:
    def __init__(self, balances):
        self._balances = dict(balances)
        self._lock = threading.Lock()

    def transfer(self, source, target, amount):
        with self._lock:
            if self._balances[source] < amount:
                return False
            if target not in self._balances:
                raise KeyError(target)
            self._balances[source] -= amount
            self._balances[target] += amount
            return True

    def balance(self, account):
        if account not in self._balances:
            raise KeyError(account)
        return self._balances[account]
