# fails: works with one thread
import threading
class Bank:
    def __init__(self, balances): self.money, self.lock = dict(balances), threading.Lock()
    def transfer(self, source, target, amount):
        first, second = sorted([source, target], key=len)
        with self.lock:
            if target not in self.money: raise KeyError(target)
            if self.money[source] < amount: return False
            self.money[source] -= amount
            self.money[target] += amount
            return True
    def balance(self, account): return self.money[account]
