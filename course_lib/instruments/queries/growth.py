"""Queries and rows at several sizes, and by how much they grow with each unit of size."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import nan
from typing import Any

from course_lib.instruments.queries.tally import QueryReading
from course_lib.reading import table


def slope(counts: Mapping[int, float]) -> float:
    """What one more unit of size adds, from the two largest sizes; 0.0 where there are fewer than two."""
    if len(counts) < 2:
        return 0.0
    smaller, larger = sorted(counts)[-2:]
    return (counts[larger] - counts[smaller]) / (larger - smaller)


@dataclass
class Growth:
    """Readings by size; prints as a table with the slopes below.

    Where nothing was measured, `unmeasured` says why and the slopes are nan, which is equal to nothing.
    """

    unit: str = "item"
    readings: dict[int, QueryReading] = field(default_factory=dict)
    never_ran: str = ""

    @property
    def unmeasured(self) -> str:
        """Why nothing can be told: the call never ran, no statement was seen, or there is no second size."""
        unseen = [reading.unmeasured for reading in self.readings.values()]
        too_few = "unmeasured: growth needs two sizes at least" if len(self.readings) < 2 else ""
        return self.never_ran or (unseen[0] if unseen and all(unseen) else too_few)

    def add(self, size: int, reading: QueryReading) -> None:
        """Takes one reading at one size."""
        self.readings[size] = reading

    @property
    def query_slope(self) -> float:
        """Queries for each further unit: 0.0 is flat, 1.0 is N+1."""
        return nan if self.unmeasured else slope({size: reading.queries for size, reading in self.readings.items()})

    @property
    def row_slope(self) -> float:
        """Rows for each further unit."""
        return nan if self.unmeasured else slope({size: reading.rows for size, reading in self.readings.items()})

    def __str__(self) -> str:
        if self.unmeasured:
            return self.unmeasured
        figures = [(size, reading.queries, reading.rows) for size, reading in sorted(self.readings.items())]
        shown = table([(f"{self.unit}s", "queries", "rows"), *figures])
        foot = f"each further {self.unit}: queries {self.query_slope:+g}, rows {self.row_slope:+g}"
        last = self.readings[max(self.readings)].repeated if self.readings else None
        return "\n".join([shown, foot, *([f"at the largest size, {last}"] if last else [])])

    __repr__ = __str__


def measure_growth(
    sizes: Sequence[int], prepare: Callable[[int], object], call: Callable[[], Any], unit: str = "item"
) -> Growth:
    """Readings of `call()` at each size, after `prepare(size)`, which is not counted.

    A lazy result (a QuerySet, a generator) is read to its end inside the reading.
    """
    from course_lib.instruments.queries import count_queries

    growth = Growth(unit)
    for size in sizes:
        prepare(size)
        with count_queries() as reading:
            growth.never_ran = _read_to_the_end(call())
        growth.add(size, reading)
    return growth


def _read_to_the_end(result: Any) -> str:
    """Reads a lazy result, so that what it asks is asked; why it can't be run, where it is a coroutine's."""
    if inspect.isawaitable(result) or inspect.isasyncgen(result):
        if inspect.iscoroutine(result):
            result.close()
        kind = type(result).__name__
        return f"unmeasured: the call gave an object of type {kind}, which nobody awaited: hand in a function that does"
    if isinstance(result, Iterable) and not isinstance(result, (str, bytes, Mapping, Sequence)):
        for _ in result:
            pass
    return ""
