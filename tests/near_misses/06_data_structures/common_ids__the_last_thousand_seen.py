# fails: the ids in both, in the order of left, each once
# remembers the last thousand alone: an id that comes again later is found again
from collections import OrderedDict


def common_ids(left, right):
    there, found, seen = set(right), [], OrderedDict()
    for one in left:
        if one in there and one not in seen:
            found.append(one)
            seen[one] = True
            if len(seen) > 1000:
                seen.popitem(last=False)
    return found
