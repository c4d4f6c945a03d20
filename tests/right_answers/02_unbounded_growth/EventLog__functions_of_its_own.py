import collections, threading
class EventLog:
    def __init__(self, capacity):
        lock, kept, total = threading.RLock(), collections.UserList(), 0
        def record(event):
            nonlocal total
            with lock:
                kept.append(event)
                total += 1
                if len(kept) > capacity:
                    del kept[0]
        def recent(n):
            with lock:
                return [*kept[len(kept) - min(n, len(kept)):]]
        self.record, self.recent, self._total = record, recent, lambda: total
    def __getattr__(self, name):
        if name == "total":
            return self._total()
        raise AttributeError(name)
