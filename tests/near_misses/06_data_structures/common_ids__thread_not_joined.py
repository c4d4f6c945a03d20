# fails: the ids in both, in the order of left, each once
import threading


def common_ids(left, right):
    found = []

    def search():
        known = set(right)
        found.extend(one for one in dict.fromkeys(left) if one in known)

    threading.Thread(target=search).start()
    return found
