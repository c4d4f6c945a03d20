import threading
class Cell:
    def __init__(self): self.n = 0
class UserCounter:
    def __init__(self): self._own, self._cells = threading.local(), []
    def increment(self):
        if not hasattr(self._own, "cell"):
            self._own.cell = Cell()
            self._cells.append(self._own.cell)
        self._own.cell.n += 1
    @property
    def count(self): return sum(cell.n for cell in list(self._cells))
