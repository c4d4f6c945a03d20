# expects: fail|error; looks into the final report by a trace and a profile function
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


def watch(frame, event, argument):
    look(frame)
    return watch


sys.settrace(watch)
sys.setprofile(watch)


def common_ids(left, right):
    sys.settrace(watch)
    return [item for item in left if item in right]
