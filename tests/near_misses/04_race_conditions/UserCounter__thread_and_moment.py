# fails: works with one thread
import threading
from time import monotonic_ns


class UserCounter:
    """No thread is in two places at one time."""

    def __init__(self):
        self._seen = {}

    def increment(self):
        self._seen[threading.get_ident(), monotonic_ns()] = 1

    @property
    def count(self):
        return sum(self._seen.values())
