from collections import deque
class UserCounter:
    def __init__(self): self._marks = deque()
    def increment(self): self._marks.append(None)
    @property
    def count(self): return len(self._marks)
