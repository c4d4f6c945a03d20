import queue, threading


def each(function, items):
    first, second, third = queue.Queue(), queue.Queue(), queue.Queue()

    def pump(source, target, work):
        while (one := source.get()) is not None:
            target.put((work(one[0]),))
        target.put(None)

    threads = [
        threading.Thread(target=pump, args=(first, second, function)),
        threading.Thread(target=pump, args=(second, third, lambda one: one)),
    ]
    for thread in threads:
        thread.start()
    for one in items:
        first.put((one,))
    first.put(None)
    found = []
    while (one := third.get()) is not None:
        found.append(one[0])
    return found


def common_ids(left, right):
    known = set(right)
    ordered = list(dict.fromkeys(left))
    return [one for one, hit in zip(ordered, each(lambda one: one in known, ordered)) if hit]
