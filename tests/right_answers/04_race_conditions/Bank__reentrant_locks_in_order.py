import threading


class Bank:
    def __init__(self, balances):
        self._balances = dict(balances)
        self._order = {account: number for number, account in enumerate(balances)}
        self._locks = [threading.RLock() for _ in balances]

    def transfer(self, source, target, amount):
        low, high = sorted((self._order[source], self._order[target]))
        with self._locks[low]:
            with self._locks[high]:
                if self._balances[source] < amount:
                    return False
                self._balances[source] -= amount
                self._balances[target] += amount
                return True

    def balance(self, account):
        return self._balances[account]
