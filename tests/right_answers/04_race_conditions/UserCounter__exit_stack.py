import threading
from collections import Counter
from contextlib import ExitStack


class UserCounter:
    def __init__(self):
        self._counts, self._lock = Counter(), threading.Lock()

    def increment(self):
        with ExitStack() as stack:
            stack.enter_context(self._lock)
            self._counts.update({"n": 1})

    @property
    def count(self):
        return self._counts["n"]
