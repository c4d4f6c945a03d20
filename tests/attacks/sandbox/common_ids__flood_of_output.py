# expects: fail; prints 50 megabytes to both streams, at each call
import os
import sys


def common_ids(left, right):
    for _ in range(25):
        print("x" * 1_000_000)
        sys.stderr.write("y" * 1_000_000)
        os.write(1, b"z")
    return [item for item in left if item in right]
