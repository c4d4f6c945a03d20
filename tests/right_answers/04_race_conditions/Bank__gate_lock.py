import threading


class Bank:
    def __init__(self, balances):
        self._balances = dict(balances)
        self._locks = {account: threading.RLock() for account in balances}
        self._gate = threading.Lock()

    def transfer(self, source, target, amount):
        if source not in self._balances or target not in self._balances:
            raise KeyError(source)
        with self._gate:
            self._locks[source].acquire()
            self._locks[target].acquire()
        try:
            if self._balances[source] < amount:
                return False
            self._balances[source] -= amount
            self._balances[target] += amount
            return True
        finally:
            self._locks[target].release()
            self._locks[source].release()

    def balance(self, account):
        return self._balances[account]
