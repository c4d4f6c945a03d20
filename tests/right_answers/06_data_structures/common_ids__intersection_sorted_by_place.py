def common_ids(left, right):
    """The intersection of two sets, sorted by the first place in left."""
    place = {}
    for at, one in enumerate(left):
        place.setdefault(one, at)
    return sorted(place.keys() & set(right), key=place.__getitem__)
