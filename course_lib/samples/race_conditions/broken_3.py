"""Two threads may each make the lock."""

import threading


class UserCounter:
    def __init__(self):
        self.count = 0
        self._lock = None

    def increment(self):
        if self._lock is None:
            self._lock = threading.Lock()
        with self._lock:
            self.count += 1
