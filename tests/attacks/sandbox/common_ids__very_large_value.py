# expects: error; returns ten million numbers
def common_ids(left, right):
    return list(range(10_000_000))
