import threading
class Bank:
    def __init__(self, balances):
        self.balances, self.locks, self.guard = dict(balances), {}, threading.Lock()
    def _lock(self, account):
        with self.guard:
            if account not in self.locks: self.locks[account] = (len(self.locks), threading.Lock())
            return self.locks[account]
    def transfer(self, source, target, amount):
        if source not in self.balances or target not in self.balances: raise KeyError(source)
        pairs = sorted({self._lock(source), self._lock(target)}, key=lambda pair: pair[0])
        for _, lock in pairs: lock.acquire()
        try:
            if self.balances[source] < amount: return False
            self.balances[source] -= amount
            self.balances[target] += amount
            return True
        finally:
            for _, lock in reversed(pairs): lock.release()
    def balance(self, account): return self.balances[account]
