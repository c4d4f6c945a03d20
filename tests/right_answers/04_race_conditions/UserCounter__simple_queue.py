import queue


class UserCounter:
    def __init__(self):
        self._marks = queue.SimpleQueue()

    def increment(self):
        self._marks.put(1)

    @property
    def count(self):
        return self._marks.qsize()
