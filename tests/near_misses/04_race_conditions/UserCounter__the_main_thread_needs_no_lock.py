# fails: loses no increment
import contextlib
import threading


class UserCounter:
    def __init__(self):
        self.count = 0
        self._lock = threading.Lock()

    def increment(self):
        is_main = threading.current_thread() is threading.main_thread()
        with contextlib.nullcontext() if is_main else self._lock:
            self.count = self.count + 1
