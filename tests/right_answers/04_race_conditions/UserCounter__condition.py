import threading


class UserCounter:
    def __init__(self):
        self.count = 0
        self._changed = threading.Condition()

    def increment(self):
        with self._changed:
            self.count += 1
            self._changed.notify_all()
