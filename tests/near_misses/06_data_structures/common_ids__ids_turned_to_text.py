# fails: the ids in both, in the order of left, each once
def common_ids(left, right):
    known = {str(one) for one in right}
    return [str(one) for one in dict.fromkeys(left) if str(one) in known]
