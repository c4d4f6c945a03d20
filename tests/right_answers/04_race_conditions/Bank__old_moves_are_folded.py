import threading


class Bank:
    """Changes are written down, and added up whenever there are a hundred of them."""

    def __init__(self, balances):
        self._changes = {account: [amount] for account, amount in balances.items()}
        self._lock = threading.Lock()

    def balance(self, account):
        return sum(self._changes[account])

    def transfer(self, source, target, amount):
        with self._lock:
            into, out = self._changes[target], self._changes[source]
            if sum(out) < amount:
                return False
            if into is out:
                return True
            for changes, change in ((out, -amount), (into, amount)):
                changes.append(change)
                if len(changes) > 100:
                    changes[:] = [sum(changes)]
            return True
