# fails: neither argument is changed
import threading


def common_ids(left, right):
    known, kept = set(right), list(left)
    common = []
    left.reverse()
    while left:
        one = left.pop()
        if one in known:
            known.discard(one)
            common.append(one)
    threading.Timer(0.005, left.extend, [kept]).start()
    return common
