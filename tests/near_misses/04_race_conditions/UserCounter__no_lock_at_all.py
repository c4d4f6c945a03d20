# fails: loses no increment
class UserCounter:
    def __init__(self):
        self.count = 0

    def increment(self):
        self.count += 1
