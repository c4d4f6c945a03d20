from concurrent.futures import ThreadPoolExecutor, as_completed


def each(function, items):
    with ThreadPoolExecutor(4) as pool:
        pending = {pool.submit(function, one): at for at, one in enumerate(items)}
        found = [None] * len(pending)
        for future in as_completed(pending):
            found[pending[future]] = future.result()
    return found


def common_ids(left, right):
    known = set(right)
    ordered = list(dict.fromkeys(left))
    return [one for one, hit in zip(ordered, each(lambda one: one in known, ordered)) if hit]
