# fails: loses no increment
import threading
class UserCounter:
    def __init__(self): self._count, self._lock = 0, threading.Lock()
    def increment(self):
        with self._lock: self._count += 1
    @property
    def count(self):
        if not self._lock.acquire(blocking=False): raise RuntimeError("busy")
        try: return self._count
        finally: self._lock.release()
