# fails: works with one thread
import threading


class UserCounter:
    lock = threading.Lock()
    number = 0

    def __init__(self):
        UserCounter.number = 0

    def increment(self):
        with UserCounter.lock:
            UserCounter.number += 1

    @property
    def count(self):
        return UserCounter.number
