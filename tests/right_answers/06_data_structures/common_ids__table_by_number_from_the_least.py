def common_ids(left, right):
    if not right or isinstance(right[0], str) or max(right) - min(right) > 100_000:
        known = set(right)
        return [one for one in dict.fromkeys(left) if one in known]
    least, table = min(right), bytearray(max(right) - min(right) + 1)
    for one in right:
        table[one - least] = 1
    return [one for one in dict.fromkeys(left) if 0 <= one - least < len(table) and table[one - least]]
