# fails: loses no increment
import threading


class UserCounter:
    def __init__(self):
        UserCounter._lock = threading.Lock()
        self.count = 0

    def increment(self):
        with UserCounter._lock:
            self.count += 1
