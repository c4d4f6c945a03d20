from collections import deque
def _keeper(capacity):
    kept = deque(maxlen=capacity)
    out = None
    while True:
        op, arg = yield out
        if op == "record":
            kept.append(arg)
            out = None
        else:
            out = list(kept)[-arg:] if arg else []
        del arg
class EventLog:
    def __init__(self, capacity):
        self._g = _keeper(capacity)
        next(self._g)
        self.total = 0
    def record(self, event):
        self._g.send(("record", event))
        self.total += 1
    def recent(self, n):
        r = self._g.send(("recent", n))
        self._g.send(("recent", 0))
        return r
