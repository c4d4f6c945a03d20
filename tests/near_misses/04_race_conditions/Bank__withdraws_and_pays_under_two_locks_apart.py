# fails: no money appears or is lost
import threading


class Bank:
    def __init__(self, balances):
        self._balances = dict(balances)
        self._locks = {account: threading.Lock() for account in balances}

    def transfer(self, source, target, amount):
        paid_in = self._balances[target] + amount
        with self._locks[source]:
            if self._balances[source] < amount:
                return False
            self._balances[source] -= amount
        if source == target:
            paid_in -= amount
        with self._locks[target]:
            self._balances[target] = paid_in
        return True

    def balance(self, account):
        with self._locks[account]:
            return self._balances[account]
