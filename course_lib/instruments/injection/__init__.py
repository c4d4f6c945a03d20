"""Which argument acts as SQL: the structure of the statements that reach the database, under hostile values."""

from course_lib.instruments.injection.anywhere import every_attack, measure_values
from course_lib.instruments.injection.statements import Log, WatchedConnection, watch_statements
from course_lib.instruments.injection.trials import (
    MARK,
    let_loose,
    measure_injection,
    name_attacks,
    number_attacks,
    text_attacks,
)

TYPE_CHECKING = False  # the name by which type checkers know it; `typing` would have to be imported for it
if TYPE_CHECKING:
    from course_lib.instruments.injection.linters import what_linters_say

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
    "text_attacks",
    "watch_statements",
    "what_linters_say",
]


def __getattr__(name: str) -> object:
    """`what_linters_say` when it is asked for: it starts processes, and who only measures need not wait for that."""
    if name != "what_linters_say":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from course_lib.instruments.injection.linters import what_linters_say

    return what_linters_say
