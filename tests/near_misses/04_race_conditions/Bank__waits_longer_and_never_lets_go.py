# fails: no order of calls deadlocks
import threading


class Bank:
    def __init__(self, balances):
        self._balances = dict(balances)
        self._locks = {account: threading.RLock() for account in balances}

    def transfer(self, source, target, amount):
        patience = 0.001
        with self._locks[source]:
            while not self._locks[target].acquire(timeout=patience):
                patience *= 1.5
            try:
                if self._balances[source] < amount:
                    return False
                self._balances[source] -= amount
                self._balances[target] += amount
                return True
            finally:
                self._locks[target].release()

    def balance(self, account):
        return self._balances[account]
