# expects: fail; returns a list nested a hundred thousand deep
def common_ids(left, right):
    value = []
    for _ in range(100_000):
        value = [value]
    return value
