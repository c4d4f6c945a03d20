import random
import threading
import time


class Bank:
    def __init__(self, balances):
        self._balances = dict(balances)
        self._locks = {account: threading.Lock() for account in balances}

    def transfer(self, source, target, amount):
        giver, taker = self._locks[source], self._locks[target]
        if source == target:
            with giver:
                return self._balances[source] >= amount
        while True:
            with giver:
                if taker.acquire(blocking=False):
                    try:
                        if self._balances[source] < amount:
                            return False
                        self._balances[source] -= amount
                        self._balances[target] += amount
                        return True
                    finally:
                        taker.release()
            time.sleep(random.uniform(0.0001, 0.001))

    def balance(self, account):
        with self._locks[account]:
            return self._balances[account]
