import threading


def each(function, items):
    found = []
    thread = threading.Thread(target=lambda: found.extend(map(function, items)))
    thread.start()
    while thread.is_alive():
        pass
    return found


def common_ids(left, right):
    known = set(right)
    ordered = list(dict.fromkeys(left))
    return [one for one, hit in zip(ordered, each(lambda one: one in known, ordered)) if hit]
