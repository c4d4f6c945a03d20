# fails: never refuses what it could sell
class TicketOffice:
    def __init__(self, seats):
        self._free = list(range(seats))

    @property
    def remaining(self):
        return len(self._free)

    def reserve(self, quantity):
        if quantity < 1:
            raise ValueError("at least one seat")
        taken = []
        try:
            for _ in range(quantity):
                taken.append(self._free.pop())
        except IndexError:
            self._free.extend(taken)
            return False
        return True
