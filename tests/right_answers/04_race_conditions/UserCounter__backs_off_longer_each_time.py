import threading, time, random
class UserCounter:
    def __init__(self): self.count, self._lock = 0, threading.Lock()
    def increment(self):
        attempt = 0
        while not self._lock.acquire(blocking=False):
            attempt += 1
            time.sleep(random.uniform(0, 0.001 * 2 ** min(attempt, 8)))
        try: self.count += 1
        finally: self._lock.release()
