# fails: loses no increment
import threading


class UserCounter:
    def __init__(self):
        self._cells = {}

    def increment(self):
        name = "shared" if threading.current_thread() else "main"
        cell = self._cells.setdefault(name, [0])
        cell[0] += 1

    @property
    def count(self):
        return sum(cell[0] for cell in list(self._cells.values()))
