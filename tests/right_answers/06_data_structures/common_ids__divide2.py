def common_ids(left, right):
    """n log n: halves are concatenated on the way up."""
    there = set(right)
    def go(items):
        if len(items) <= 1:
            return [x for x in items if x in there]
        mid = len(items) // 2
        return go(items[:mid]) + go(items[mid:])
    return list(dict.fromkeys(go(list(left))))
