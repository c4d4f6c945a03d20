# fails: loses no increment
from collections import deque


class UserCounter:
    def __init__(self):
        self._marks = deque()
        self._folded = 0

    def increment(self):
        self._marks.append(1)

    @property
    def count(self):
        while self._marks:
            try:
                mark = self._marks.popleft()
            except IndexError:
                break
            self._folded = self._folded + mark
        return self._folded
