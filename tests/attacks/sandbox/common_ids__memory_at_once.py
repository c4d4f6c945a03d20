# expects: error; takes ten gigabytes at once
kept = bytearray(10 << 30)


def common_ids(left, right):
    return [item for item in left if item in right]
