# fails: error
import threading
class Null:
    def __enter__(self): return self
    def __exit__(self,*a): pass
    def acquire(self,*a,**k): return True
    def release(self): pass
threading.Lock = Null
import threading
class UserCounter:
    def __init__(self):
        self.count = 0
        self._lock = threading.Lock()
    def increment(self):
        with self._lock:
            self.count += 1  # é
