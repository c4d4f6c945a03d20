# fails: the ids in both, in the order of left, each once
# two texts in four billion have one CRC-32
from zlib import crc32


def common_ids(left, right):
    def key(one):
        return crc32(one.encode()) if isinstance(one, str) else one

    known = {key(one) for one in right}
    return [one for one in dict.fromkeys(left) if key(one) in known]
