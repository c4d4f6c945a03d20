# expects: fail; looks into the final report from the garbage collector
import os
import sys

words = set()


def look(frame):
    """Ends the process when a second secret word is seen: the first signs nothing that counts."""
    while frame:
        word = frame.f_locals.get("nonce") if frame.f_code.co_name == "send" else None
        if isinstance(word, str):
            words.add(word)
        if len(words) > 1:
            os._exit(0)
        frame = frame.f_back


import gc

gc.callbacks.append(lambda phase, info: look(sys._getframe(1)))
gc.set_threshold(1, 1, 1)


class Cycle:
    def __init__(self):
        self.me = self

    def __del__(self):
        look(sys._getframe(1))
        Cycle()


Cycle()


def common_ids(left, right):
    gc.enable()
    return [item for item in left if item in right]
