import threading

_locks = {}


class Bank:
    """One lock an account, whichever bank keeps it: who comes first makes it."""

    def __init__(self, balances):
        self._balances = dict(balances)
        for account in balances:
            _locks.setdefault(account, (len(_locks), threading.RLock()))

    def transfer(self, source, target, amount):
        self._balances[source], self._balances[target]
        locks = sorted({_locks[source], _locks[target]}, key=lambda lock: (lock[0], id(lock[1])))
        with locks[0][1], locks[-1][1]:
            if self._balances[source] < amount:
                return False
            self._balances[source] -= amount
            self._balances[target] += amount
            return True

    def balance(self, account):
        return self._balances[account]
