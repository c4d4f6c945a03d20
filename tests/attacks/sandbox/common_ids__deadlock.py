# expects: error; waits for a lock that it holds
import threading


def common_ids(left, right):
    lock = threading.Lock()
    lock.acquire()
    lock.acquire()
