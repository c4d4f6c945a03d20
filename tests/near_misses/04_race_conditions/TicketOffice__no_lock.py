# fails: never oversells
class TicketOffice:
    def __init__(self, seats):
        self.remaining = seats

    def reserve(self, quantity):
        if quantity < 1:
            raise ValueError("at least one seat")
        if self.remaining < quantity:
            return False
        self.remaining -= quantity
        return True
