from collections import OrderedDict


class EventLog:
    def __init__(self, capacity):
        self._capacity = capacity
        self._by_number = OrderedDict()
        self.total = 0

    def record(self, event):
        self._by_number[self.total] = event
        self.total += 1
        while len(self._by_number) > self._capacity:
            self._by_number.popitem(last=False)

    def recent(self, n):
        return list(self._by_number.values())[max(0, len(self._by_number) - n):]
