# fails: recent and total answer rightly
import ctypes
from collections import deque
class EventLog:
    def __init__(self, capacity):
        self.events, self._total = deque(maxlen=capacity), ctypes.c_uint16(0)
    @property
    def total(self):
        return self._total.value
    def record(self, event):
        self.events.append(event)
        self._total.value += 1
    def recent(self, n):
        return list(self.events)[max(0, len(self.events) - n):]
