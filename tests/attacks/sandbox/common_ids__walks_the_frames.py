# expects: fail; walks up the frames for anything that sends, and sends its own observations
import os
import sys


def common_ids(left, right):
    frame = sys._getframe()
    right_answer = list(dict.fromkeys(item for item in left if item in set(right)))
    while frame:
        for value in list(frame.f_locals.values()):
            if callable(value) and getattr(value, "__name__", "") == "send":
                for kind, message in (("observation", {"returned": right_answer}), ("done", None)):
                    value(kind, message)
                os._exit(0)
        frame = frame.f_back
    return [item for item in left if item in right]
