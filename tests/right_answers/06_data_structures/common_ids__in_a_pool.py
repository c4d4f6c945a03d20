from concurrent.futures import ThreadPoolExecutor


def common_ids(left, right):
    with ThreadPoolExecutor() as pool:
        known, ordered = pool.submit(set, right), pool.submit(dict.fromkeys, left)
    return [one for one in ordered.result() if one in known.result()]
