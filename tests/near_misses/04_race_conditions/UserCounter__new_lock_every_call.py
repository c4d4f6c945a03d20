# fails: loses no increment
import threading


class UserCounter:
    def __init__(self):
        self.count = 0

    def increment(self):
        with threading.Lock():
            self.count += 1
