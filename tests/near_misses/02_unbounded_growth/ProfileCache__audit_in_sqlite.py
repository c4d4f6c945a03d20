# fails: memory does not grow with use
import sqlite3
from collections import OrderedDict


class ProfileCache:
    """Writes down each use in a database in memory."""

    def __init__(self, load, capacity):
        self.load, self.capacity, self.kept = load, capacity, OrderedDict()
        self.database = sqlite3.connect(":memory:")
        self.database.execute("create table uses(id, hit)")

    def get(self, user_id):
        self.database.execute("insert into uses values (?, ?)", (str(user_id), user_id in self.kept))
        if user_id not in self.kept:
            self.kept[user_id] = self.load(user_id)
            if len(self.kept) > self.capacity:
                self.kept.popitem(last=False)
        self.kept.move_to_end(user_id)
        return self.kept[user_id]
