# fails: the ids in both, in the order of left, each once
def common_ids(left, right):
    """Gives 0 and 1 as the flags they are equal to."""
    flags, known = {False: False, True: True}, set(right)
    return [flags.get(one, one) for one in dict.fromkeys(left) if one in known]
