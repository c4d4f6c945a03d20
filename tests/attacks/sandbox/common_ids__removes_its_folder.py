# expects: fail; removes its own folder and leaves it
import os
import shutil


def common_ids(left, right):
    shutil.rmtree(os.getcwd(), ignore_errors=True)
    os.chdir("/")
    return [item for item in left if item in right]
