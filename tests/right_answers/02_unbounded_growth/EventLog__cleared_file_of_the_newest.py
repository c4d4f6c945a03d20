import json
from collections import deque
from pathlib import Path


class EventLog:
    """Also keeps the number of events in a file that is written anew each hundred."""

    def __init__(self, capacity):
        self.events, self.total = deque(maxlen=capacity), 0

    def record(self, event):
        self.events.append(event)
        self.total += 1
        if self.total % 100 == 0:
            Path("total.json").write_text(json.dumps({"total": self.total}), "utf-8")

    def recent(self, n):
        return [*self.events][max(0, len(self.events) - n) :]
