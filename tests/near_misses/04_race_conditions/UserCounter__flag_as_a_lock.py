# fails: loses no increment
class UserCounter:
    def __init__(self):
        self.count = 0
        self._busy = False

    def increment(self):
        while self._busy:
            pass
        self._busy = True
        self.count += 1
        self._busy = False
