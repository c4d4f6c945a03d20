class Bank:
    """Every state of all accounts is a dict that never changes; a transfer is the first to write the next."""

    def __init__(self, balances):
        self._history = {0: (None, dict(balances))}

    def _now(self):
        version = len(self._history) - 1
        return version, self._history[version][1]

    def transfer(self, source, target, amount):
        me = object()
        while True:
            version, now = self._now()
            if target not in now:
                raise KeyError(target)
            if now[source] < amount:
                return False
            new = dict(now)
            new[source] -= amount
            new[target] += amount
            if self._history.setdefault(version + 1, (me, new))[0] is me:
                return True

    def balance(self, account):
        return self._now()[1][account]
