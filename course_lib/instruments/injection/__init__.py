"""Which argument acts as SQL: the structure of the statements that reach the database, under hostile values.

Measured: for each attack on each value, whether its mark stands outside every literal of the statement that arrived:
it acts, or it stays data. Code that is given a connection: `measure_injection`; that opens its own: `measure_values`;
a request or a test of your own: `watch_statements`.

    reading = measure_values(lambda text: client.get("/search", query_string={"q": text}), plain="tea")
    assert reading.holds, str(reading)

How: each statement is read into tokens where sqlite3 receives it; there is no list of expected rows. What the code
raises under an attack is an outcome. Where no statement was seen, the reading is `unmeasured`, and `holds` is false.

Method: the course's own: a value acts where its mark is read as anything but a part of one literal.

What it can't see: a value that is encoded, hashed or stored before it is spliced in, one that acts in a language inside
a literal, such as `%` in a LIKE pattern, and other drivers than sqlite3.
"""

from course_lib.instruments.injection.anywhere import every_attack, measure_values
from course_lib.instruments.injection.statements import Log, WatchedConnection, watch_statements
from course_lib.instruments.injection.trials import (
    MARK,
    let_loose,
    measure_injection,
    name_attacks,
    number_attacks,
    quoted_name_attacks,
    text_attacks,
)

TYPE_CHECKING = False  # the name by which type checkers know it; `typing` would have to be imported for it
if TYPE_CHECKING:
    from course_lib.instruments.linters import what_linters_say

__all__ = [
    "MARK",
    "Log",
    "WatchedConnection",
    "every_attack",
    "let_loose",
    "measure_injection",
    "measure_values",
    "name_attacks",
    "number_attacks",
    "quoted_name_attacks",
    "text_attacks",
    "watch_statements",
    "what_linters_say",
]


def __getattr__(name: str) -> object:
    """`what_linters_say` when it is asked for: it starts processes, and who only measures need not wait for that."""
    if name != "what_linters_say":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from course_lib.instruments import linters

    globals()[name] = linters.what_linters_say
    return linters.what_linters_say
