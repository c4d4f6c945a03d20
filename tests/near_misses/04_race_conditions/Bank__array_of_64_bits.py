# fails: works with one thread
from array import array
from threading import Lock
class Bank:
    def __init__(self, balances):
        self.at = {a: n for n, a in enumerate(balances)}
        self.b, self.l = array("q", balances.values()), Lock()
    def transfer(self, source, target, amount):
        with self.l:
            s, t = self.at[source], self.at[target]
            if self.b[s] < amount:
                return False
            self.b[s] -= amount
            self.b[t] += amount
            return True
    def balance(self, account):
        return self.b[self.at[account]]
