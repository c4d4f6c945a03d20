import threading
class Bank:
    def __init__(self, balances):
        self.balances, self.busy, self.free = dict(balances), set(), threading.Condition()
    def transfer(self, source, target, amount):
        needed = {source, target}
        with self.free:
            self.free.wait_for(lambda: not needed & self.busy)
            self.busy |= needed
        try:
            if source not in self.balances or target not in self.balances: raise KeyError(source)
            if self.balances[source] < amount: return False
            self.balances[source] -= amount
            self.balances[target] += amount
            return True
        finally:
            with self.free:
                self.busy -= needed
                self.free.notify_all()
    def balance(self, account): return self.balances[account]
