# expects: fail; returns a function, a generator and a module
import sys


def common_ids(left, right):
    return [lambda: 0, (item for item in left), sys, object(), type, common_ids]
