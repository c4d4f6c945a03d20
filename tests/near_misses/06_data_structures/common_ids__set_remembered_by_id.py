# fails: the ids in both, in the order of left, each once
made = {}


def common_ids(left, right):
    """The set of right is made once."""
    if id(right) not in made:
        made[id(right)] = set(right)
    return [one for one in dict.fromkeys(left) if one in made[id(right)]]
