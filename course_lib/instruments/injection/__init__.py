"""Which argument acts as SQL: the structure of the statements that reach the database, under hostile values."""

from course_lib.instruments.injection.anywhere import every_attack, measure_values
from course_lib.instruments.injection.linters import what_linters_say
from course_lib.instruments.injection.statements import Log, WatchedConnection, watch_statements
from course_lib.instruments.injection.trials import (
    MARK,
    let_loose,
    measure_injection,
    name_attacks,
    number_attacks,
    text_attacks,
)

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
