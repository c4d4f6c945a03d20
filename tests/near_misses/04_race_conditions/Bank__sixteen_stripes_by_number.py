# fails: no order of calls deadlocks
import threading
class Bank:
    def __init__(self, balances):
        self.money, self.stripes = dict(balances), [threading.Lock() for _ in range(16)]
        self.number = {name: number for number, name in enumerate(balances)}
    def transfer(self, source, target, amount):
        one, other = sorted((self.number[source] % 16, self.number[target] % 16))
        if source == target: return self.money[source] >= amount
        with self.stripes[one], self.stripes[other]:
            if self.money[source] < amount: return False
            self.money[source] -= amount
            self.money[target] += amount
            return True
    def balance(self, account): return self.money[account]
