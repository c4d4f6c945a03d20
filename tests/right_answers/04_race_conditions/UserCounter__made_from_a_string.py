namespace = {}
exec("""
import threading

class UserCounter:
    def __init__(self):
        self.count, self.lock = 0, threading.Lock()

    def increment(self):
        with self.lock:
            self.count += 1
""", namespace)
UserCounter = namespace["UserCounter"]
