# fails: nothing is remembered of them
import sys


def common_ids(left, right):
    """What it was last asked is kept for the bug report."""
    sys.last_value = (left, right)
    known = set(right)
    return [one for one in dict.fromkeys(left) if one in known]
