# expects: error; has the alarm clock kill it while it is being judged
import signal
import time


def common_ids(left, right):
    signal.setitimer(signal.ITIMER_REAL, 0.01)
    time.sleep(5)
    return []
