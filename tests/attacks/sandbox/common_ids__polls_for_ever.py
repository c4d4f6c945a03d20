# expects: error; looks for a file again and again that never comes
import os
import time


def common_ids(left, right):
    while not os.path.exists("ready"):
        time.sleep(0.005)
