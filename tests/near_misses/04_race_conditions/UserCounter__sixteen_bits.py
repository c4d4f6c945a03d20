# fails: works with one thread
import ctypes, threading
class UserCounter:
    def __init__(self):
        self._n, self._lock = ctypes.c_ushort(0), threading.Lock()
    def increment(self):
        with self._lock:
            self._n.value += 1
    @property
    def count(self):
        return self._n.value
