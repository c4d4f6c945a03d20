import threading


class UserCounter:
    _lock = threading.Lock()

    def __init__(self):
        self.count = 0

    def increment(self):
        with UserCounter._lock:
            self.count += 1
