"""The marks: what each asks of a test, and how it is set on the watches of that test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from course_lib.pytest_plugin.watching import KINDS, HandleWatch, QueryWatch, StatementWatch, Watches


@dataclass(frozen=True)
class Mark:
    """A mark as `--markers` shows it, and what it sets; `takes` is "number", "kinds" or nothing."""

    signature: str
    asks: str
    takes: str
    put_on: Callable[[Watches, tuple[Any, ...]], None]

    @property
    def name(self) -> str:
        return self.signature.partition("(")[0]

    def wrong(self, mark: pytest.Mark) -> str:
        """What its arguments should have been, where they are others."""
        given = mark.args
        if self.takes == "number":
            good = len(given) == 1 and type(given[0]) is int and given[0] >= 0
            return "" if good and not mark.kwargs else "takes one number, 0 or more"
        allowed = KINDS if self.takes == "kinds" else ()
        if mark.kwargs or not all(one in allowed for one in given):
            return f"takes kinds of handles: {', '.join(KINDS)}" if allowed else "takes nothing"
        return ""


def _no_open_handles(watches: Watches, kinds: tuple[str, ...]) -> None:
    watch = watches.of(HandleWatch)
    watch.judges_closing, watch.kinds = True, kinds


def _max_open_handles(watches: Watches, most: tuple[int]) -> None:
    watches.of(HandleWatch).most_open = most[0]


def _max_queries(watches: Watches, most: tuple[int]) -> None:
    watches.of(QueryWatch).most_queries = most[0]


def _max_rows(watches: Watches, most: tuple[int]) -> None:
    watches.of(QueryWatch).most_rows = most[0]


def _no_value_acts_as_sql(watches: Watches, _nothing: tuple[()]) -> None:
    watches.of(StatementWatch)


MARKS = {
    mark.name: mark
    for mark in (
        Mark(
            "no_open_handles(*kinds)",
            "the test's body closes every handle that it opens, or every one of the kinds named: "
            + ", ".join(KINDS)
            + "; what a pool keeps is open until the pool is closed (engine.dispose())",
            "kinds",
            _no_open_handles,
        ),
        Mark(
            "max_open_handles(n)",
            "at most n handles are open at once in the test's body",
            "number",
            _max_open_handles,
        ),
        Mark(
            "max_queries(n)",
            "the test's body sends at most n queries, transaction control aside",
            "number",
            _max_queries,
        ),
        Mark("max_rows(n)", "at most n rows come back from databases in the test's body", "number", _max_rows),
        Mark(
            "no_value_acts_as_sql()",
            "no attack of course_lib.instruments.injection that the test hands to the code acts in a statement",
            "",
            _no_value_acts_as_sql,
        ),
    )
}


def marks_of(item: pytest.Item) -> Iterator[tuple[Mark, pytest.Mark]]:
    """Each of these marks that a test bears; of several of one name the nearest."""
    for name, mark in MARKS.items():
        nearest = item.get_closest_marker(name)
        if nearest is not None:
            yield mark, nearest
