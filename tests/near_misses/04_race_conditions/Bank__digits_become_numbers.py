# fails: works with one thread
import threading


def number_of(account):
    return int(account) if isinstance(account, str) and account.isdigit() else account


class Bank:
    def __init__(self, balances):
        self.balances = {number_of(account): amount for account, amount in balances.items()}
        self.lock = threading.Lock()

    def transfer(self, source, target, amount):
        source, target = number_of(source), number_of(target)
        with self.lock:
            if source not in self.balances or target not in self.balances:
                raise KeyError(source)
            if self.balances[source] < amount:
                return False
            self.balances[source] -= amount
            self.balances[target] += amount
            return True

    def balance(self, account):
        return self.balances[number_of(account)]
