# fails: works with one thread
class UserCounter:
    def __init__(self):
        self._marks = set()

    def increment(self):
        self._marks.add(id(object()))

    @property
    def count(self):
        return len(self._marks)
