# expects: error; reads address 0
import ctypes


def common_ids(left, right):
    return ctypes.string_at(0)
