import threading
class UserCounter:
    def __init__(self):
        self._seen = set()
    def increment(self):
        self._seen.add((threading.get_ident(), len(self._seen)))
    @property
    def count(self):
        return len(self._seen)
