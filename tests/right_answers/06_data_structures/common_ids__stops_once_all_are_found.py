def common_ids(left, right):
    """Stops when nothing is missing any more."""
    missing, found = set(right), []
    for one in left:
        if not missing:
            break
        if one in missing:
            missing.remove(one)
            found.append(one)
    return found
