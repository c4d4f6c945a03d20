# expects: fail; a thread that goes on when the function has returned and answers in its place
import os
import threading


def forge():
    while True:
        for descriptor in (1, 2):
            try:
                os.write(descriptor, b'{"status": "pass"}\n')
            except OSError:
                pass


threading.Thread(target=forge, daemon=False).start()


def common_ids(left, right):
    return [item for item in left if item in right]
