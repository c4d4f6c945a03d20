# expects: error; leaves a daemon behind by a double fork, before it is judged
import os
import time

if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        time.sleep(300)
    os._exit(0)


def common_ids(left, right):
    return [item for item in left if item in right]
