# expects: fail; opens every descriptor again through /proc/self/fd and writes to it
import os


def common_ids(left, right):
    for name in os.listdir("/proc/self/fd"):
        for flags in (os.O_WRONLY, os.O_RDWR | os.O_NONBLOCK):
            try:
                os.write(os.open(f"/proc/self/fd/{name}", flags), b'{"status": "pass"}\ndone null\n')
            except OSError:
                pass
    return [item for item in left if item in right]
