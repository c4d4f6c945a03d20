import contextlib
import threading


class Bank:
    def __init__(self, balances):
        self._balances = dict(balances)
        self._locks = {account: threading.Lock() for account in balances}

    @contextlib.contextmanager
    def _holding(self, *accounts):
        with contextlib.ExitStack() as stack:
            for account in sorted(set(accounts)):
                stack.enter_context(self._locks[account])
            yield self._balances

    def transfer(self, source, target, amount):
        with self._holding(source, target) as balances:
            if balances[source] < amount:
                return False
            balances[source] -= amount
            balances[target] += amount
            return True

    def balance(self, account):
        with self._holding(account) as balances:
            return balances[account]
