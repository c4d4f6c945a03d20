import threading


class Bank:
    def __init__(self, balances):
        self._balances = dict(balances)
        self._place = {account: place for place, account in enumerate(balances)}
        self._locks = {account: threading.RLock() for account in balances}

    def transfer(self, source, target, amount):
        first, second = sorted((source, target), key=lambda account: (hash(account), self._place[account]))
        with self._locks[first], self._locks[second]:
            if self._balances[source] < amount:
                return False
            self._balances[source] -= amount
            self._balances[target] += amount
            return True

    def balance(self, account):
        return self._balances[account]
