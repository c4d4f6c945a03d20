import logging, threading
log = logging.getLogger("x")
class UserCounter:
    def __init__(self):
        self._n=0; self._lock=threading.Lock()
    def increment(self):
        log.warning("about to increment")
        with self._lock:
            self._n += 1
        log.info("did %s", self._n)
    @property
    def count(self):
        return self._n
