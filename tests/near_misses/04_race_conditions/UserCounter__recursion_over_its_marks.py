# fails: works with one thread
import threading
class UserCounter:
    def __init__(self): self._chain, self._lock = None, threading.Lock()
    def increment(self):
        with self._lock: self._chain = (self._chain,)
    @property
    def count(self):
        def length(chain): return 0 if chain is None else 1 + length(chain[0])
        return length(self._chain)
