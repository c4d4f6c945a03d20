import threading


class Bank:
    def __init__(self, balances):
        self._balances = dict(balances)
        self._locks = {account: threading.RLock() for account in balances}

    def transfer(self, source, target, amount):
        first, second = self._locks[source], self._locks[target]
        patience = 0.001
        while True:
            with first:
                if second.acquire(timeout=patience):
                    try:
                        if self._balances[source] < amount:
                            return False
                        self._balances[source] -= amount
                        self._balances[target] += amount
                        return True
                    finally:
                        second.release()
            patience *= 1.5

    def balance(self, account):
        return self._balances[account]
