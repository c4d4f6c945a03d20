# fails: loses no increment
import threading
class UserCounter:
    def __init__(self): self._lock, self._cells = threading.Lock(), {}
    def increment(self):
        with self._lock:
            me = threading.get_ident()
            self._cells[me] = self._cells.get(me, 0) + 1
    @property
    def count(self):
        total = 0
        for number in self._cells.values(): total += number
        return total
