# expects: error; stops its own process and waits for somebody to wake it
import os
import signal


def common_ids(left, right):
    os.kill(os.getpid(), signal.SIGSTOP)
    return []
