# fails: the ids in both, in the order of left, each once
import zlib
def common_ids(left, right):
    def key(one):
        return zlib.crc32(repr(one).encode("utf-8", "surrogatepass")) & 0xFFFF
    known, out = set(map(key, right)), {}
    for one in left:
        if key(one) in known:
            out.setdefault(key(one), one)
    return list(out.values())
