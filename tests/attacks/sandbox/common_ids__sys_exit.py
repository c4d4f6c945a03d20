# expects: fail; leaves with sys.exit(0) while it is being judged
import sys


def common_ids(left, right):
    sys.exit(0)
