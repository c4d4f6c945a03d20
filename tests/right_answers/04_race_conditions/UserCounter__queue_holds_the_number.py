from queue import Queue


class UserCounter:
    def __init__(self):
        self._slot = Queue(maxsize=1)
        self._slot.put(0)

    def increment(self):
        self._slot.put(self._slot.get() + 1)

    @property
    def count(self):
        value = self._slot.get()
        self._slot.put(value)
        return value
