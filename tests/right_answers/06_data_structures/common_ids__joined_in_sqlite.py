import sqlite3


def common_ids(left, right):
    """The database's own join, with an index."""
    database = sqlite3.connect(":memory:")
    database.execute("create table known(id primary key)")
    database.executemany("insert or ignore into known values (?)", ((str(one),) for one in right))
    ask = "select 1 from known where id = ?"
    found = [one for one in dict.fromkeys(left) if database.execute(ask, (str(one),)).fetchone()]
    database.close()
    return found
