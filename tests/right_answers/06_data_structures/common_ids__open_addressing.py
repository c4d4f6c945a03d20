class Table:
    def __init__(self):
        self.slots, self.used = [None] * 16, 0
    def _slot(self, one):
        mask = len(self.slots) - 1
        place = (hash(one) * 0x9E3779B97F4A7C15 >> 20) & mask
        while self.slots[place] is not None and self.slots[place][0] != one:
            place = (place + 1) & mask
        return place
    def __contains__(self, one):
        return self.slots[self._slot(one)] is not None
    def add(self, one):
        place = self._slot(one)
        if self.slots[place] is None:
            self.slots[place] = (one,)
            self.used += 1
            if self.used * 2 > len(self.slots):
                old, self.slots, self.used = self.slots, [None] * (2 * len(self.slots)), 0
                for entry in old:
                    if entry is not None:
                        self.add(entry[0])
def common_ids(left, right):
    known, seen, out = Table(), Table(), []
    for one in right:
        known.add(one)
    for one in left:
        if one in known and one not in seen:
            seen.add(one)
            out.append(one)
    return out
