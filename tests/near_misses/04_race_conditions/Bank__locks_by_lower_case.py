# fails: no order of calls deadlocks
import threading
class Bank:
    def __init__(self, balances):
        self.money = dict(balances)
        self.locks = {str(name).lower(): threading.Lock() for name in balances}
    def transfer(self, source, target, amount):
        if source not in self.money or target not in self.money: raise KeyError(source)
        if source == target: return self.money[source] >= amount
        first, second = sorted((source, target), key=lambda name: str(name).lower())
        with self.locks[str(first).lower()], self.locks[str(second).lower()]:
            if self.money[source] < amount: return False
            self.money[source] -= amount
            self.money[target] += amount
            return True
    def balance(self, account): return self.money[account]
