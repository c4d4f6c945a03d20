# fails: works with one thread
import queue
class UserCounter:
    def __init__(self): self._marks = queue.Queue(maxsize=256)
    def increment(self): self._marks.put(1)
    @property
    def count(self): return self._marks.qsize()
