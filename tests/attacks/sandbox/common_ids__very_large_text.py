# expects: error; returns 300 megabytes of text
def common_ids(left, right):
    return ["x" * (300 << 20)]
