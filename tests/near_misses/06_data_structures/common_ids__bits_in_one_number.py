# fails: the work grows no faster than n log n
def common_ids(left, right):
    numbers = {one: i for i, one in enumerate(dict.fromkeys(right))}
    bits = 0
    for one, i in numbers.items():
        bits |= 1 << i
    out = []
    for one in left:
        if one in numbers and bits >> numbers[one] & 1:
            bits ^= 1 << numbers[one]
            out.append(one)
    return out
