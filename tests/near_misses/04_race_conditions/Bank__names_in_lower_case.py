# fails: works with one thread
import threading
class Bank:
    def __init__(self, balances): self._money, self._lock = {name.lower(): money for name, money in balances.items()}, threading.Lock()
    def transfer(self, source, target, amount):
        source, target = source.lower(), target.lower()
        with self._lock:
            if target not in self._money: raise KeyError(target)
            if self._money[source] < amount: return False
            self._money[source] -= amount
            self._money[target] += amount
            return True
    def balance(self, account): return self._money[account.lower()]
