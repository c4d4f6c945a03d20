# fails: the ids in both, in the order of left, each once
made = {}


def common_ids(left, right):
    """The set of right is made once."""
    key = id(left), id(right)
    if key not in made:
        known = set(right)
        made[key] = [one for one in dict.fromkeys(left) if one in known]
    return list(made[key])
