import threading


def each(function, items):
    items = list(items)
    parts, barrier = [None] * 3, threading.Barrier(4)

    def work(number):
        parts[number] = list(map(function, items[number::3]))
        barrier.wait()

    for number in range(3):
        threading.Thread(target=work, args=(number,)).start()
    barrier.wait()
    return [parts[at % 3][at // 3] for at in range(len(items))]


def common_ids(left, right):
    known = set(right)
    ordered = list(dict.fromkeys(left))
    return [one for one, hit in zip(ordered, each(lambda one: one in known, ordered)) if hit]
