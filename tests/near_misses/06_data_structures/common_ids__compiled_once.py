# fails: the work grows no faster than n log n
IS_THERE = compile("one in right", "<rule>", "eval")


def common_ids(left, right):
    return [one for one in dict.fromkeys(left) if eval(IS_THERE, {"one": one, "right": right})]
