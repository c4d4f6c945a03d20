# fails: loses no increment
import random
import time


class UserCounter:
    def __init__(self):
        self.count = 0

    def increment(self):
        time.sleep(random.random() / 1000)
        self.count += 1
