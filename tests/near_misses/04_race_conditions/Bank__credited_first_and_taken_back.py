# fails: no balance is ever negative
import threading
class Bank:
    def __init__(self, balances):
        self.a = {n: [threading.Lock(), m] for n, m in balances.items()}
    def transfer(self, source, target, amount):
        s, t = self.a[source], self.a[target]
        if source == target:
            with s[0]:
                return s[1] >= amount
        with t[0]:
            t[1] += amount
        with s[0]:
            if s[1] >= amount:
                s[1] -= amount
                return True
        with t[0]:
            t[1] -= amount
        return False
    def balance(self, account):
        return self.a[account][1]
