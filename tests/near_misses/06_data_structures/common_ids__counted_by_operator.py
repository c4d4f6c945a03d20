# fails: the work grows no faster than n log n
import operator


def common_ids(left, right):
    """Counts by the library."""
    return [one for one in dict.fromkeys(left) if operator.countOf(right, one)]
