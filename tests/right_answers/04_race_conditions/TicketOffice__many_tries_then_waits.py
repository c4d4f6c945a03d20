import threading
class TicketOffice:
    def __init__(self, seats): self.remaining, self._lock = seats, threading.Lock()
    def reserve(self, quantity):
        if quantity < 1: raise ValueError(quantity)
        for _ in range(3):
            if self._lock.acquire(blocking=False): break
        else:
            self._lock.acquire()
        try:
            if quantity > self.remaining: return False
            self.remaining -= quantity
            return True
        finally: self._lock.release()
