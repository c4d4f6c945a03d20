import contextlib, threading
class Bank:
    def __init__(self, balances):
        self.money, self.stripes = dict(balances), [threading.Lock() for _ in range(8)]
    def transfer(self, source, target, amount):
        with contextlib.ExitStack() as stack:
            for number in sorted({hash(source) % 8, hash(target) % 8}): stack.enter_context(self.stripes[number])
            if source not in self.money or target not in self.money: raise KeyError(source)
            if self.money[source] < amount: return False
            self.money[source] -= amount
            self.money[target] += amount
            return True
    def balance(self, account): return self.money[account]
