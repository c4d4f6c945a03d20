# expects: error; kills its own process
import os


def common_ids(left, right):
    os.kill(os.getpid(), 9)
