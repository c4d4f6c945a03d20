# expects: error; aborts the process
import os


def common_ids(left, right):
    os.abort()
