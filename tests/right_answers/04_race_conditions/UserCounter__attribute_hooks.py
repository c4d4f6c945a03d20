import threading
class UserCounter:
    def __init__(self):
        object.__setattr__(self,"_l",threading.RLock()); self.count=0
    def __getattribute__(self,n):
        return object.__getattribute__(self,n)
    def __setattr__(self,n,v):
        with self._l: object.__setattr__(self,n,v)
    def increment(self):
        with self._l: self.count += 1
