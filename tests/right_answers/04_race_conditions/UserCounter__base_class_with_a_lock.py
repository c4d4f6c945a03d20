import threading


class Monitor:
    def __new__(cls, *arguments):
        self = super().__new__(cls)
        object.__setattr__(self, "_monitor", threading.RLock())
        return self

    def __enter__(self):
        self._monitor.acquire()
        return self

    def __exit__(self, *details):
        self._monitor.release()


class UserCounter(Monitor):
    def __init__(self):
        self.count = 0

    def increment(self):
        with self:
            self.count += 1
