# expects: error; closes every descriptor and goes on for a while
import os
import time


def common_ids(left, right):
    os.closerange(3, 4096)
    time.sleep(300)
