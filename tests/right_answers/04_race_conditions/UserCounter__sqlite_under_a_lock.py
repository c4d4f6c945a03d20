import sqlite3, threading
class UserCounter:
    def __init__(self):
        self._db = sqlite3.connect(":memory:", check_same_thread=False, isolation_level=None)
        self._db.execute("create table c(n)"); self._db.execute("insert into c values(0)")
        self._lock = threading.Lock()
    def increment(self):
        with self._lock:
            self._db.execute("update c set n = n + 1")
    @property
    def count(self):
        with self._lock:
            return self._db.execute("select n from c").fetchone()[0]
