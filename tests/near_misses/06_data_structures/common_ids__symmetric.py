# fails: the ids in both, in the order of left, each once
def common_ids(left, right):
    shorter, longer = sorted((left, right), key=len)
    known = set(longer)
    return [one for one in dict.fromkeys(shorter) if one in known]
