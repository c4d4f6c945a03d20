# expects: error|fail; takes memory by anonymous maps and files in memory
import mmap
import os


def common_ids(left, right):
    kept = []
    for _ in range(40):
        try:
            kept.append(mmap.mmap(-1, 256 << 20))
            kept[-1].write(b"x" * (64 << 20))
        except (OSError, ValueError):
            pass
        try:
            os.write(os.memfd_create("kept"), b"x" * (64 << 20))
        except OSError:
            pass
    return kept
