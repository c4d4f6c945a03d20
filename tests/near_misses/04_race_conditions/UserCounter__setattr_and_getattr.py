# fails: loses no increment
class UserCounter:
    def __init__(self):
        self.count = 0

    def increment(self):
        setattr(self, "count", getattr(self, "count") + 1)
