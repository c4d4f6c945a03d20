# fails: never refuses what it could sell
import threading, time
class TicketOffice:
    def __init__(self,seats): self.remaining=seats; self._l=threading.Lock()
    def reserve(self,quantity):
        if quantity<1: raise ValueError(quantity)
        for p in (0.01,0.01,0.01):
            if self._l.acquire(blocking=False): break
            time.sleep(p)
        else: return False
        try:
            if self.remaining<quantity: return False
            self.remaining-=quantity
            return True
        finally: self._l.release()
