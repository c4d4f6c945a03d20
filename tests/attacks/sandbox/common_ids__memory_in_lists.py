# expects: error; takes memory without an end, in small pieces
def common_ids(left, right):
    kept = []
    while True:
        kept.append([0] * 100_000)
