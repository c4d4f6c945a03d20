# expects: fail|error; switches tracing off and replaces what threads are made of
import sys
import threading

sys.setswitchinterval(1000)


class UserCounter:
    def __init__(self):
        self.count = 0

    def increment(self):
        sys.settrace(None)
        sys.setprofile(None)
        threading.settrace(None)
        current = self.count
        self.count = current + 1
