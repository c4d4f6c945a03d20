"""Read, add and write are three steps, and another thread may come between."""

class UserCounter:
    def __init__(self):
        self.count = 0

    def increment(self):
        self.count += 1
