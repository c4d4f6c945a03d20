import itertools
import threading
from dataclasses import dataclass, field

_numbers = itertools.count()


@dataclass
class Account:
    money: int
    number: int = field(default_factory=lambda: next(_numbers))
    lock: threading.Lock = field(default_factory=threading.Lock)


class Bank:
    def __init__(self, balances):
        self._accounts = {name: Account(money) for name, money in balances.items()}

    def transfer(self, source, target, amount):
        giver, taker = self._accounts[source], self._accounts[target]
        if giver is taker:
            with giver.lock:
                return giver.money >= amount
        first, second = sorted((giver, taker), key=lambda account: account.number)
        with first.lock, second.lock:
            if giver.money < amount:
                return False
            giver.money -= amount
            taker.money += amount
        return True

    def balance(self, account):
        return self._accounts[account].money
