import queue


class TicketOffice:
    def __init__(self, seats):
        self._till = queue.Queue()
        self._till.put(seats)
        self.remaining = seats

    def reserve(self, quantity):
        if not quantity >= 1:
            raise ValueError("at least one seat")
        left = self._till.get()
        try:
            if left < quantity:
                return False
            left -= quantity
            self.remaining = left
            return True
        finally:
            self._till.put(left)
