"""Each call makes a lock that nobody else knows."""

import threading


class UserCounter:
    def __init__(self):
        self.count = 0

    def increment(self):
        with threading.Lock():
            self.count += 1
