# expects: fail; returns a list nested a million deep
def common_ids(left, right):
    value = []
    for _ in range(1_000_000):
        value = [value]
    return value
