"""What has happened: the newest events, and how busy the service is."""

import threading
from collections import deque


class Journal:
    def __init__(self, events_kept):
        self._events = deque(maxlen=events_kept)
        self.requests = 0
        self._lock = threading.Lock()

    def note(self, what, order):
        self._events.append({"what": what, "order": order.id, "customer": order.customer})

    def events(self):
        return list(self._events)

    def count_request(self):
        with self._lock:
            self.requests += 1
