import threading
class Bank:
    """The money leaves one account before it reaches the other: each under its own lock."""
    def __init__(self, balances):
        self._accounts = {name: [threading.Lock(), amount] for name, amount in balances.items()}
    def transfer(self, source, target, amount):
        giver, taker = self._accounts[source], self._accounts[target]
        with giver[0]:
            if giver[1] < amount:
                return False
            giver[1] -= amount
        with taker[0]:
            taker[1] += amount
        return True
    def balance(self, account):
        return self._accounts[account][1]
