# fails: works with one thread
import threading
class UserCounter:
    def __init__(self): self._byte, self._lock = bytearray(1), threading.Lock()
    def increment(self):
        with self._lock: self._byte[0] = (self._byte[0] + 1) % 256
    @property
    def count(self): return self._byte[0]
