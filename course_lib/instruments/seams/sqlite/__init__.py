"""The one place where instruments take hold of sqlite3: whoever wants to hear of it is a `Listener`.

    class Printing(Listener):
        def sent(self, cursor, sql, parameters, via):
            print(sql)

    with listening(Printing()):
        run_the_code()

How: while anyone listens, `sqlite3.connect`, `sqlite3.Connection` and `sqlite3.Cursor` are exchanged for versions that
tell, under every name they have in any module. SQLite's own trace is the second signal: a statement that no telling
cursor sent is heard all the same. What the code sets on its connection (trace, authorizer, progress handler, row
factory) stands behind ours and is asked as before. Listeners come and go in any order and from any thread.

A connection that was open before the first listener came is heard by its trace alone, which shows no rows and puts the
parameters into the text. For the time of the watch that takes the place of a trace of the code's own, which SQLite
doesn't tell. Cursors that Django and SQLAlchemy make on such a connection tell everything.

What it can't see: other processes, connections of other threads that were open before, and a connection made by a C
extension, or by a class that was bound as a default argument or a class attribute.
"""

from course_lib.instruments.seams.sqlite.earlier import out_of_reach
from course_lib.instruments.seams.sqlite.listening import begin, end, listening
from course_lib.instruments.seams.sqlite.telling import (
    STEPS_A_TICK,
    Connection,
    Cursor,
    Listener,
    deaf_connections,
    is_opening,
    tells,
    unheard,
)

__all__ = [
    "STEPS_A_TICK",
    "Connection",
    "Cursor",
    "Listener",
    "begin",
    "deaf_connections",
    "end",
    "is_opening",
    "listening",
    "out_of_reach",
    "tells",
    "unheard",
]
