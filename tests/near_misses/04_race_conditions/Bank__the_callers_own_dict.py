# fails: works with one thread
from threading import Lock
class Bank:
    def __init__(self, balances):
        self.b, self.l = balances, Lock()
    def transfer(self, source, target, amount):
        with self.l:
            have = self.b[source]
            self.b[target]
            if have < amount:
                return False
            self.b[source] -= amount
            self.b[target] += amount
            return True
    def balance(self, account):
        with self.l:
            return self.b[account]
