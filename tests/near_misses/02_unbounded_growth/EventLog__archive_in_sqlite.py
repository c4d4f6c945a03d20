# fails: memory does not grow with use
import sqlite3
from collections import deque


class EventLog:
    """Older events are out of memory: they are in a database (in memory)."""

    def __init__(self, capacity):
        self.events, self.total = deque(maxlen=capacity), 0
        self.archive = sqlite3.connect(":memory:")
        self.archive.execute("create table events(what)")

    def record(self, event):
        self.events.append(event)
        self.archive.execute("insert into events values (?)", (repr(event),))
        self.total += 1

    def recent(self, n):
        return list(self.events)[-n:] if n else []
