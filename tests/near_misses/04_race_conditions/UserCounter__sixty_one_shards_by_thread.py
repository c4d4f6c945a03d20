# fails: loses no increment
import threading
class UserCounter:
    def __init__(self):
        self._shards = [0] * 61
    def increment(self):
        self._shards[threading.get_ident() % 61] += 1
    @property
    def count(self):
        return sum(self._shards)
