import threading
class UserCounter:
    def __init__(self):
        self.count = 0
        self.locks = {threading.Lock(), threading.Lock()}
    def increment(self):
        first, second = sorted(self.locks, key=id)
        with first, second: self.count += 1
