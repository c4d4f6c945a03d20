# expects: fail; opens files until there are no descriptors left and keeps them
kept = []


def common_ids(left, right):
    while True:
        try:
            kept.append(open(f"file{len(kept)}", "w"))
        except OSError:
            return [item for item in left if item in right]
