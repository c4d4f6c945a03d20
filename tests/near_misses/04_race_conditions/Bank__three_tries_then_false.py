# fails: no money appears or is lost
import threading
class Bank:
    def __init__(self, balances): self.money, self.version, self.lock = dict(balances), 0, threading.Lock()
    def transfer(self, source, target, amount):
        for _ in range(3):
            version = self.version
            left, more = self.money[source], self.money[target]
            if left < amount: return False
            with self.lock:
                if version != self.version: continue
                self.version += 1
                self.money[source] = left - amount
                self.money[target] = self.money[target] + amount
                return True
        return False
    def balance(self, account): return self.money[account]
