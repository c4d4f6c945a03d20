# expects: error; closes every descriptor
import os


def common_ids(left, right):
    os.closerange(0, 4096)
    return []
