"""The matrix who x what as a picture: pairs of people, or everybody against every route of a reading."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from course_lib.instruments.access.reading import OUTCOMES, AccessReading
from course_lib.widgets.matrix import Matrix, Tone

PAIRS: dict[str, tuple[Tone, str]] = {
    "served": ("good", "promised, and served"),
    "refused": ("good", "not promised, and refused"),
    "LEAKED": ("bad", "not promised, and served"),
    "DENIED": ("bad", "promised, and refused"),
}

ROUTES: dict[str, tuple[Tone, str]] = {
    "served": ("good", "the policy allows it, and it is served"),
    "refused": ("good", "the policy denies it, and nothing came back or changed"),
    "LEAKED": ("bad", "another's secret came back, whatever the status"),
    "CHANGED": ("bad", "a row changed that this person may not change, whatever the status"),
    "SERVED": ("bad", "a success where the policy denies"),
    "DENIED": ("bad", "a refusal where the policy allows"),
    "CRASHED": ("bad", "the app failed"),
    "UNDECLARED": ("bad", "a route that the policy does not name"),
}


def who_sees_whom(
    people: Sequence[str],
    served: Callable[[str, str], bool],
    promised: Callable[[str, str], bool],
    title: str = "",
) -> Matrix:
    """Everybody asking for everybody's: what was served against what was promised."""
    words = {(True, True): "served", (False, False): "refused", (True, False): "LEAKED", (False, True): "DENIED"}
    cells = [[words[served(who, whose), promised(who, whose)] for whose in people] for who in people]
    columns = [f"data of {each}" for each in people]
    return Matrix([f"{each} asks" for each in people], columns, cells, PAIRS, title)


def who_does_what(reading: AccessReading, title: str = "") -> Matrix:
    """Everybody against every route: the worst that any variant of the request came to, HEAD counted with
    GET.
    """
    table = reading.table
    columns = [route for route in table if not route.startswith("HEAD ")]
    cells = [[_worst(table, route, who) for route in columns] for who in reading.people]
    return Matrix(reading.people, columns, cells, ROUTES, title)


def _worst(table: dict[str, dict[str, str]], route: str, who: str) -> str:
    found = [table[each][who] for each in (route, f"HEAD{route[3:]}") if who in table.get(each, {})]
    return min(found, key=OUTCOMES.index, default="")
