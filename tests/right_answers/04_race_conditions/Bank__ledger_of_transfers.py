import threading


class Bank:
    def __init__(self, balances):
        self._start = dict(balances)
        self._ledger = []
        self._lock = threading.RLock()

    def balance(self, account):
        with self._lock:
            total = self._start[account]
            for source, target, amount in self._ledger:
                total += amount * ((target == account) - (source == account))
            return total

    def transfer(self, source, target, amount):
        with self._lock:
            self.balance(target)
            if self.balance(source) < amount:
                return False
            self._ledger.append((source, target, amount))
            return True
