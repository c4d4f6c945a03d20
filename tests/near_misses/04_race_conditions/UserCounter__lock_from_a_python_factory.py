# fails: loses no increment
import threading
from collections import defaultdict


class UserCounter:
    def __init__(self):
        self.count = 0
        self._locks = defaultdict(lambda: threading.Lock())

    def increment(self):
        with self._locks["count"]:
            self.count += 1
