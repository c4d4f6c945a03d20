# fails: loses no increment
import threading, collections
class UserCounter:
    def __init__(self): self._l=collections.defaultdict(threading.Lock); self.count=0
    def increment(self):
        with self._l[threading.current_thread().ident]: self.count+=1
