# fails: the ids in both, in the order of left, each once
import threading


def common_ids(left, right):
    known, found = set(right), []
    common = [one for one in dict.fromkeys(left) if one in known]
    threading.Timer(0.005, found.extend, [common]).start()
    return found
