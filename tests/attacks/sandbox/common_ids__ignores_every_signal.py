# expects: error; a loop that catches or ignores every signal and every exception
import signal

for number in range(1, 32):
    try:
        signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError):
        pass


def common_ids(left, right):
    while True:
        try:
            while True:
                pass
        except BaseException:
            pass
