import contextlib
import threading


class UserCounter:
    def __init__(self):
        self.__lock = threading.Lock()
        self.__count = 0

    @contextlib.contextmanager
    def __locked(self):
        self.__lock.acquire()
        try:
            yield
        finally:
            self.__lock.release()

    def increment(self):
        with self.__locked():
            self.__count += 1

    @property
    def count(self):
        return self.__count
