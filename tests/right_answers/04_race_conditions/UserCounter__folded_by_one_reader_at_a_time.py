import threading
from collections import deque


class UserCounter:
    def __init__(self):
        self._marks = deque()
        self._folded = 0
        self._reading = threading.Lock()

    def increment(self):
        self._marks.append(1)

    @property
    def count(self):
        with self._reading:
            while self._marks:
                self._folded += self._marks.popleft()
            return self._folded
