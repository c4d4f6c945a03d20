# fails: no balance is ever negative
import threading


class Bank:
    def __init__(self, balances):
        self._balances = dict(balances)
        self._locks = {}

    def transfer(self, source, target, amount):
        with self._locks.setdefault(threading.current_thread().name, threading.Lock()):
            have, _ = self._balances[source], self._balances[target]
            if have < amount:
                return False
            self._balances[source] -= amount
            self._balances[target] += amount
            return True

    def balance(self, account):
        return self._balances[account]
