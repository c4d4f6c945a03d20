# expects: error; a thread ends the process with status 0 a little later
import os
import threading
import time

threading.Thread(target=lambda: os._exit(0), daemon=True).start()


def common_ids(left, right):
    time.sleep(1)
    return [item for item in left if item in right]
