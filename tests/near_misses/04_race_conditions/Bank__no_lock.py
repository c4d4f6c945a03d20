# fails: no money appears or is lost
class Bank:
    def __init__(self, balances):
        self._balances = dict(balances)

    def transfer(self, source, target, amount):
        if source not in self._balances or target not in self._balances:
            raise KeyError(source)
        if self._balances[source] < amount:
            return False
        self._balances[source] -= amount
        self._balances[target] += amount
        return True

    def balance(self, account):
        return self._balances[account]
