def common_ids(left, right):
    """Dicts of the halves, merged."""
    known = set(right)

    def among(first, last):
        if last - first <= 1:
            return {left[first]: None} if last > first and left[first] in known else {}
        middle = (first + last) // 2
        found = among(first, middle)
        found.update(among(middle, last))
        return found

    return [*among(0, len(left))]
