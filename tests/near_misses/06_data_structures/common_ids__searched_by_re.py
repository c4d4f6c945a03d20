# fails: the work grows no faster than n log n
import re


def common_ids(left, right):
    text = "".join(f"\0{one}\1" for one in right)
    return [one for one in dict.fromkeys(left) if re.search(f"\0{re.escape(str(one))}\1", text)]
