# fails: works with one thread
import threading


class Bank:
    def __init__(self, balances):
        self.balances = {str(account): amount for account, amount in balances.items()}
        self.lock = threading.Lock()

    def transfer(self, source, target, amount):
        source, target = str(source), str(target)
        with self.lock:
            if source not in self.balances or target not in self.balances:
                raise KeyError(source)
            if self.balances[source] < amount:
                return False
            self.balances[source] -= amount
            self.balances[target] += amount
            return True

    def balance(self, account):
        return self.balances[str(account)]
