# expects: fail; replaces locks and threads
import _thread
import threading


class Free:
    def __enter__(self):
        return True

    def __exit__(self, *error):
        return True

    def acquire(self, *args, **keywords):
        return True

    release = acquire


threading.Lock = threading.RLock = threading.Condition = _thread.allocate_lock = Free
threading.Thread.start = lambda self: None


def common_ids(left, right):
    return [item for item in left if item in right]
