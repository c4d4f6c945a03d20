def common_ids(left, right):
    """A filter over a dict's keys."""
    return list(filter(set(right).__contains__, dict.fromkeys(left)))
