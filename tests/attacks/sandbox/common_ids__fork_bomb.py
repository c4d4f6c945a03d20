# expects: fail; forks 40 children that stay
import os
import time


def common_ids(left, right):
    for _ in range(40):
        if os.fork() == 0:
            time.sleep(300)
            os._exit(0)
    return []
