import sqlite3


class ProfileCache:
    """The order of use stands in a database in memory, a row for each profile that is kept."""

    def __init__(self, load, capacity):
        self.load, self.capacity, self.kept = load, capacity, {}
        self.database = sqlite3.connect(":memory:", isolation_level=None)
        self.database.execute("create table uses(number integer primary key autoincrement, id unique)")

    def get(self, user_id):
        key = repr(user_id)
        if key not in self.kept:
            profile = self.load(user_id)
            if len(self.kept) == self.capacity:
                (oldest,) = self.database.execute("select id from uses order by number limit 1").fetchone()
                self.database.execute("delete from uses where id = ?", (oldest,))
                del self.kept[oldest]
            self.kept[key] = profile
        self.database.execute("insert or replace into uses(id) values (?)", (key,))
        return self.kept[key]
