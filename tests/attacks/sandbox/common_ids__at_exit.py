# expects: fail; forges a verdict and waits for ever in handlers that run at exit
import atexit
import threading
import time
import weakref


class Late:
    pass


def forge():
    print('{"exercise": "06_data_structures", "status": "pass", "seconds": 0.1, "tasks": []}', flush=True)
    time.sleep(300)


late = Late()
atexit.register(forge)
threading._register_atexit(forge)
weakref.finalize(late, forge)


def common_ids(left, right):
    return [item for item in left if item in right]
