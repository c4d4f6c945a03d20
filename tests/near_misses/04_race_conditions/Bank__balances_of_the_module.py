# fails: works with one thread
import threading

LOCK = threading.Lock()
BALANCES = {}


class Bank:
    def __init__(self, balances):
        BALANCES.clear()
        BALANCES.update(balances)

    def transfer(self, source, target, amount):
        with LOCK:
            have, _ = BALANCES[source], BALANCES[target]
            if have < amount:
                return False
            BALANCES[source] -= amount
            BALANCES[target] += amount
            return True

    def balance(self, account):
        return BALANCES[account]
