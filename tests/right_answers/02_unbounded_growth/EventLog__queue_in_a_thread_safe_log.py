from queue import Queue
from threading import Lock


class EventLog:
    def __init__(self, capacity):
        self.events, self.lock, self.total = Queue(maxsize=capacity), Lock(), 0

    def record(self, event):
        with self.lock:
            if self.events.full():
                self.events.get_nowait()
            self.events.put_nowait(event)
            self.total += 1

    def recent(self, n):
        with self.lock:
            kept = list(self.events.queue)
        return kept[len(kept) - min(n, len(kept)) :]
