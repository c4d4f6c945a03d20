import threading
class Account:
    def __init__(self, number, money):
        self.number, self.money, self.gate = number, money, threading.Semaphore(1)
class Bank:
    def __init__(self, balances):
        self.accounts = {name: Account(number, money) for number, (name, money) in enumerate(balances.items())}
    def transfer(self, source, target, amount):
        one, other = self.accounts[source], self.accounts[target]
        if one is other:
            with one.gate: return one.money >= amount
        first, second = sorted((one, other), key=lambda account: account.number)
        with first.gate, second.gate:
            if one.money < amount: return False
            one.money -= amount
            other.money += amount
            return True
    def balance(self, account): return self.accounts[account].money
