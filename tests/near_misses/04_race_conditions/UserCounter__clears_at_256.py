# fails: loses no increment
import threading
from collections import deque


class UserCounter:
    def __init__(self):
        self._base = 0
        self._pending = deque()
        self._lock = threading.Lock()

    def increment(self):
        self._pending.append(None)
        if len(self._pending) >= 256:
            with self._lock:
                self._base += len(self._pending)
                self._pending.clear()

    @property
    def count(self):
        with self._lock:
            return self._base + len(self._pending)
