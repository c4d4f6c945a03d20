# fails: works with one thread
from collections import deque
class UserCounter:
    def __init__(self): self._marks = deque(maxlen=1000)
    def increment(self): self._marks.append(1)
    @property
    def count(self): return len(self._marks)
