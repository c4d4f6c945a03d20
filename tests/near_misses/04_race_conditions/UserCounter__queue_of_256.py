# fails: works with one thread
import queue
class UserCounter:
    def __init__(self): self._marks = queue.Queue(maxsize=256)
    def increment(self):
        try: self._marks.put_nowait(1)
        except queue.Full: pass
    @property
    def count(self): return self._marks.qsize()
