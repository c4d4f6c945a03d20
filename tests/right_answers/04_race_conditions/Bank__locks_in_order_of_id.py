import threading
class Bank:
    def __init__(self, balances):
        self.balances = dict(balances)
        self.locks = {account: threading.RLock() for account in balances}
    def transfer(self, source, target, amount):
        first, second = sorted((self.locks[source], self.locks[target]), key=id)
        with first, second:
            if self.balances[source] < amount: return False
            self.balances[source] -= amount
            self.balances[target] += amount
            return True
    def balance(self, account):
        with self.locks[account]: return self.balances[account]
