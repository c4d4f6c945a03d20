# fails: the work grows no faster than n log n
import re
def common_ids(left, right):
    pattern = re.compile("|".join(sorted({re.escape(repr(one)) for one in right})) or "(?!)")
    return [one for one in dict.fromkeys(left) if pattern.fullmatch(repr(one))]
