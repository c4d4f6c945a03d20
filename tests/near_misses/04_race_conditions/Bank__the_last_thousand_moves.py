# fails: works with one thread
import threading
from collections import deque


class Bank:
    """A balance is what the account began with and what was moved since."""

    def __init__(self, balances):
        self._changes = {account: deque([amount], maxlen=1_000) for account, amount in balances.items()}
        self._lock = threading.Lock()

    def balance(self, account):
        return sum(self._changes[account])

    def transfer(self, source, target, amount):
        with self._lock:
            into, out = self._changes[target], self._changes[source]
            if sum(out) < amount:
                return False
            out.append(-amount)
            into.append(amount)
            return True
