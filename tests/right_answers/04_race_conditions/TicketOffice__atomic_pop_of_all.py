class TicketOffice:
    """The number of free seats goes from hand to hand: whoever pops it may sell."""

    def __init__(self, seats):
        self._slot = [seats]
        self.remaining = seats

    def reserve(self, quantity):
        if quantity < 1:
            raise ValueError("at least one seat")
        while True:
            try:
                left = self._slot.pop()
                break
            except IndexError:
                continue
        ok = left >= quantity
        if ok:
            left -= quantity
            self.remaining = left
        self._slot.append(left)
        return ok
