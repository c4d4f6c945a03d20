import threading, time


def each(function, items):
    found, done = [], []

    def work():
        found.extend(map(function, items))
        done.append(True)

    threading.Thread(target=work).start()
    while not done:
        time.sleep(0.0002)
        len(found)
        time.sleep(0.0002)
    return found


def common_ids(left, right):
    known = set(right)
    ordered = list(dict.fromkeys(left))
    return [one for one, hit in zip(ordered, each(lambda one: one in known, ordered)) if hit]
