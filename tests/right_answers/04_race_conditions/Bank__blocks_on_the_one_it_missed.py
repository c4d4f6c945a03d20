import threading


class Bank:
    def __init__(self, balances):
        self._balances = dict(balances)
        self._locks = {name: threading.Lock() for name in self._balances}

    def _both(self, first, second):
        while True:
            first.acquire()
            if second.acquire(blocking=False):
                return
            first.release()
            first, second = second, first

    def transfer(self, source, target, amount):
        if source not in self._balances or target not in self._balances:
            raise KeyError(source if source not in self._balances else target)
        if source == target:
            with self._locks[source]:
                return self._balances[source] >= amount
        one, other = self._locks[source], self._locks[target]
        self._both(one, other)
        try:
            if self._balances[source] < amount:
                return False
            self._balances[source] -= amount
            self._balances[target] += amount
            return True
        finally:
            one.release()
            other.release()

    def balance(self, account):
        with self._locks[account]:
            return self._balances[account]
