import threading
class Bank:
    def __init__(self, balances):
        self._balances = dict(balances)
        self._busy = set()
        self._condition = threading.Condition(threading.Lock())
    def _enter(self, accounts):
        with self._condition:
            while any(account in self._busy for account in accounts):
                self._condition.wait()
            self._busy.update(accounts)
    def _leave(self, accounts):
        with self._condition:
            self._busy.difference_update(accounts)
            self._condition.notify_all()
    def transfer(self, source, target, amount):
        if source not in self._balances: raise KeyError(source)
        if target not in self._balances: raise KeyError(target)
        accounts = {source, target}
        self._enter(accounts)
        try:
            if self._balances[source] < amount: return False
            self._balances[source] -= amount
            self._balances[target] += amount
            return True
        finally:
            self._leave(accounts)
    def balance(self, account): return self._balances[account]
