# fails: loses no increment
import threading


class UserCounter:
    def __init__(self):
        self._locks = {}
        self.count = 0

    def increment(self):
        with self._locks.setdefault(threading.current_thread().name, threading.Lock()):
            self.count += 1
