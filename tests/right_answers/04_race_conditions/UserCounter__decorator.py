import functools
import threading


def synchronized(method):
    @functools.wraps(method)
    def wrapper(self, *arguments, **keywords):
        with self._lock:
            return method(self, *arguments, **keywords)
    return wrapper


class UserCounter:
    def __init__(self):
        self.count = 0
        self._lock = threading.Lock()

    @synchronized
    def increment(self):
        self.count += 1
