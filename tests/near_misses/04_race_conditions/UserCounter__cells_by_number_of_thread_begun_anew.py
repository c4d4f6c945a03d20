# fails: works with one thread
import threading


class UserCounter:
    """A thread that begins may bear the number of one that has ended, and writes over what that one has counted."""

    def __init__(self):
        self.cells, self.mine = {}, threading.local()

    def increment(self):
        self.mine.count = getattr(self.mine, "count", 0) + 1
        self.cells[threading.get_ident()] = self.mine.count

    @property
    def count(self):
        return sum(self.cells.values())
