import threading


class UserCounter:
    def __init__(self):
        self.count = 0
        self._free = threading.Event()
        self._free.set()
        self._lock = threading.Lock()

    def increment(self):
        self._free.wait()
        with self._lock:
            self._free.clear()
            self.count += 1
            self._free.set()
