# expects: fail; keeps everything and hides it from the collector and from weak references
import gc

everything = []


class EventLog:
    def __init__(self, capacity):
        self.capacity = capacity
        self.total = 0

    def record(self, event):
        everything.append(event)
        self.total += 1
        gc.freeze()
        gc.get_objects = lambda generation=None: []
        gc.get_referrers = lambda *objects: []

    def recent(self, n):
        return everything[-n:] if n else []
