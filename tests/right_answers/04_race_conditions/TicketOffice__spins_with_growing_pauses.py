import threading, time
class TicketOffice:
    def __init__(self, seats): self.remaining, self._lock = seats, threading.Lock()
    def reserve(self, quantity):
        if quantity < 1: raise ValueError("at least one")
        pause = 0.0001
        while not self._lock.acquire(blocking=False):
            time.sleep(pause)
            if pause < 0.05: pause *= 2
        try:
            if quantity > self.remaining: return False
            self.remaining -= quantity
            return True
        finally: self._lock.release()
