# fails: loses no increment
import queue


class UserCounter:
    def __init__(self):
        self._news = queue.SimpleQueue()
        self._total = 0

    def increment(self):
        self._news.put(1)

    @property
    def count(self):
        while True:
            try:
                one = self._news.get_nowait()
            except queue.Empty:
                return self._total
            self._total += one
