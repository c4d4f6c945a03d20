# fails: works with one thread
import threading


class UserCounter:
    count = 0
    _lock = threading.Lock()

    def increment(self):
        with UserCounter._lock:
            UserCounter.count += 1
