# expects: error; reads the secret word from the descriptors, to sign messages with it
import os


def common_ids(left, right):
    for descriptor in range(3, 256):
        try:
            os.set_blocking(descriptor, False)
            os.write(descriptor, os.read(descriptor, 65536) + b" done null\n")
        except OSError:
            pass
        try:
            os.write(descriptor, b"done null\n")
        except OSError:
            pass
    return [item for item in left if item in right]
