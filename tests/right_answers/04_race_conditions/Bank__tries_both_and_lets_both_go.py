import threading, time
class Bank:
    def __init__(self, balances):
        self.balances = dict(balances)
        self.locks = {account: threading.Lock() for account in balances}
    def _take(self, locks):
        delay = 0.001
        while True:
            taken = []
            for lock in locks:
                if not lock.acquire(blocking=False): break
                taken.append(lock)
            else:
                return
            for lock in reversed(taken): lock.release()
            time.sleep(delay)
            delay = min(delay * 2, 0.1)
    def transfer(self, source, target, amount):
        locks = [self.locks[source]] if source == target else [self.locks[source], self.locks[target]]
        if target not in self.balances: raise KeyError(target)
        self._take(locks)
        try:
            if self.balances[source] < amount: return False
            self.balances[source] -= amount
            self.balances[target] += amount
            return True
        finally:
            for lock in locks: lock.release()
    def balance(self, account): return self.balances[account]
