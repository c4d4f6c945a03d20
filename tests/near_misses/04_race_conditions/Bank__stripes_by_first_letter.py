# fails: no order of calls deadlocks
import collections, threading
class Bank:
    def __init__(self, balances):
        self.money, self.stripes = dict(balances), collections.defaultdict(threading.Lock)
    def transfer(self, source, target, amount):
        if source not in self.money or target not in self.money: raise KeyError(source)
        if source == target: return self.money[source] >= amount
        one, other = sorted((str(source)[:1], str(target)[:1]))
        with self.stripes[one], self.stripes[other]:
            if self.money[source] < amount: return False
            self.money[source] -= amount
            self.money[target] += amount
            return True
    def balance(self, account): return self.money[account]
