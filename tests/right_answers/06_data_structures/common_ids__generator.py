def common_ids(left, right):
    def walk():
        known, seen = set(right), set()
        for one in left:
            if one in known and one not in seen:
                seen.add(one)
                yield one

    return list(walk())
