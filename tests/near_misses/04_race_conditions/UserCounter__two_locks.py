# fails: loses no increment
import threading


class UserCounter:
    def __init__(self):
        self._count = 0
        self._read_lock = threading.Lock()
        self._write_lock = threading.Lock()

    def increment(self):
        with self._read_lock:
            current = self._count
        with self._write_lock:
            self._count = current + 1

    @property
    def count(self):
        with self._read_lock:
            return self._count
