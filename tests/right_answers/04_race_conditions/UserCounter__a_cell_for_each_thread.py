import threading


class UserCounter:
    def __init__(self):
        self._mine = threading.local()
        self._cells = []

    def increment(self):
        cell = getattr(self._mine, "cell", None)
        if cell is None:
            cell = self._mine.cell = [0]
            self._cells.append(cell)
        cell[0] += 1

    @property
    def count(self):
        return sum(cell[0] for cell in self._cells)
