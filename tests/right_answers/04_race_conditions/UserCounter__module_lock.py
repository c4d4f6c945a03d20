import _thread

LOCK = _thread.allocate_lock()


class UserCounter:
    def __init__(self):
        self.count = 0

    def increment(self):
        LOCK.acquire()
        try:
            self.count += 1
        finally:
            LOCK.release()
