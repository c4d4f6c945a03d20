# expects: fail|error; looks into the final report from other threads
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


import threading

sys.setswitchinterval(1e-6)


def poll():
    while True:
        for frame in sys._current_frames().values():
            look(frame)


for _ in range(3):
    threading.Thread(target=poll, daemon=True).start()


def common_ids(left, right):
    return [item for item in left if item in right]
