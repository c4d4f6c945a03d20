# fails: loses no increment
import threading
class UserCounter:
    def __init__(self): self._d={0:0}
    def increment(self): self._d[max(self._d,key=lambda k:k)+1]=1
    @property
    def count(self): return len(self._d)-1
