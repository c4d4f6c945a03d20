import threading


class Bank:
    """Accounts in use are marked; a condition wakes those who wait for one."""

    def __init__(self, balances):
        self._balances = dict(balances)
        self._in_use = set()
        self._changed = threading.Condition()

    def transfer(self, source, target, amount):
        wanted = {source, target}
        with self._changed:
            if not wanted <= self._balances.keys():
                raise KeyError(target)
            while wanted & self._in_use:
                self._changed.wait()
            self._in_use |= wanted
        try:
            if self._balances[source] < amount:
                return False
            self._balances[source] -= amount
            self._balances[target] += amount
            return True
        finally:
            with self._changed:
                self._in_use -= wanted
                self._changed.notify_all()

    def balance(self, account):
        return self._balances[account]
