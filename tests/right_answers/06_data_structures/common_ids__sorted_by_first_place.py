def common_ids(left, right):
    place = {}
    for at, one in enumerate(left):
        place.setdefault(one, at)
    return sorted(place.keys() & set(right), key=place.__getitem__)
