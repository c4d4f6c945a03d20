"""A short pull request, for the review before the first lesson: three planted faults, six clean places."""

from __future__ import annotations

from course_lib.hazards.defence.places import Place, PullRequest

ROOMS = PullRequest(
    "rooms",
    "Meeting rooms: bookings, lists for the doors, desks",
    (
        Place(
            "read_plan",
            "resource_leaks",
            False,
            """    with open(path, encoding="utf-8") as plan:
        return list(json.load(plan))
""",
            """    return list(json.load(open(path, encoding="utf-8")))
""",
            "the with closes the file when the function returns, and when json raises",
        ),
        Place(
            "door_list",
            "resource_leaks",
            True,
            """    file = open(path, "w", encoding="utf-8")
    json.dump(names, file)
    file.close()
""",
            """    with open(path, "w", encoding="utf-8") as file:
        json.dump(names, file)
""",
            "where a name is nothing that JSON can hold, dump raises and close is never reached",
        ),
        Place(
            "on_our_floors",
            "data_structures",
            False,
            """    return [booking for booking in bookings if booking["floor"] in FLOORS]
""",
            """    ours = [booking for booking in bookings if booking["floor"] in FLOORS]
    return [booking for booking in bookings if booking in ours]
""",
            "the list that is searched has three entries",
        ),
        Place(
            "bookings_on",
            "sql_injection",
            False,
            """    sql = f"SELECT {SHOWN} FROM bookings WHERE substr(starts, 1, 10) = ? ORDER BY id"
    return connection.execute(sql, (day,)).fetchall()
""",
            """    sql = f"SELECT {SHOWN} FROM bookings WHERE substr(starts, 1, 10) = '{day}' ORDER BY id"
    return connection.execute(sql).fetchall()
""",
            "a constant is pasted in, and the day is bound",
        ),
        Place(
            "per_floor",
            "n_plus_one_queries",
            False,
            """    for floor in FLOORS:
        sql = "SELECT count(*) FROM bookings WHERE floor = ?"
        (counts[floor],) = connection.execute(sql, (floor,)).fetchone()
""",
            """    for (number,) in connection.execute("SELECT id FROM bookings").fetchall():
        (floor,) = connection.execute("SELECT floor FROM bookings WHERE id = ?", (number,)).fetchone()
        counts[floor] = counts.get(floor, 0) + 1
""",
            "three floors, three queries, however many bookings",
        ),
        Place(
            "bookings_of",
            "sql_injection",
            True,
            """    sql = f"SELECT {SHOWN} FROM bookings WHERE member = '{member}' ORDER BY id {order}"
    return connection.execute(sql).fetchall()
""",
            """    sql = f"SELECT {SHOWN} FROM bookings WHERE member = ? ORDER BY id {order}"
    return connection.execute(sql, (member,)).fetchall()
""",
            "the member's name is pasted into the statement",
        ),
        Place(
            "move",
            "error_handling",
            False,
            """        connection.commit()
    except sqlite3.Error:
        connection.rollback()
        raise
""",
            """        connection.commit()
    except sqlite3.Error:
        connection.rollback()
""",
            "the error goes on to the caller once the half-done work is undone",
        ),
        Place(
            "Desks.note",
            "unbounded_growth",
            False,
            """        self._last: deque[str] = deque(maxlen=50)
""",
            """        self._last: deque[str] = deque()
""",
            "the deque keeps the last fifty",
        ),
        Place(
            "Desks.take",
            "race_conditions",
            True,
            """        if self._free < 1:
            return False
        self._free -= 1
        self.note(member)
""",
            """        with self._lock:
            if self._free < 1:
                return False
            self._free -= 1
        self.note(member)
""",
            "two threads both see the last desk before either takes it",
        ),
    ),
)
