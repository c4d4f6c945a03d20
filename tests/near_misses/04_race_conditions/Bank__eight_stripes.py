# fails: no order of calls deadlocks
import threading
class Bank:
    def __init__(self, balances):
        self.money, self.stripes = dict(balances), [threading.Lock() for _ in range(8)]
    def transfer(self, source, target, amount):
        if source not in self.money or target not in self.money: raise KeyError(source)
        if source == target: return self.money[source] >= amount
        one, other = sorted((hash(source) % 8, hash(target) % 8))
        with self.stripes[one], self.stripes[other]:
            if self.money[source] < amount: return False
            self.money[source] -= amount
            self.money[target] += amount
            return True
    def balance(self, account): return self.money[account]
