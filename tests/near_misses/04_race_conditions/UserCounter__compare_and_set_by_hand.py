# fails: loses no increment
class UserCounter:
    def __init__(self):
        self.count = 0

    def increment(self):
        while True:
            seen = self.count
            if self.count == seen:
                self.count = seen + 1
                return
