import collections
import threading


class UserCounter:
    """Whoever makes the list too long folds it, if nobody else does; what is left over counts as well."""

    def __init__(self):
        self._pending = collections.deque()
        self._lock = threading.Lock()
        self._folded = 0

    def increment(self):
        self._pending.append(None)
        if len(self._pending) >= 100 and self._lock.acquire(blocking=False):
            try:
                for _ in range(len(self._pending)):
                    self._pending.popleft()
                    self._folded += 1
            finally:
                self._lock.release()

    @property
    def count(self):
        with self._lock:
            return self._folded + len(self._pending)
