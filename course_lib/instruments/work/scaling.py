"""How counted work grows with the size of the input, and in which class, in words.

Works on what `operations` counts, at three sizes or more. What it can't see: growth that begins beyond the largest
size, and everything that `operations` can't.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from course_lib.instruments.what_ran import NothingMeasured
from course_lib.instruments.work import adopting
from course_lib.instruments.work.operations import Work, count_work
from course_lib.reading import table

GROWTH_CLASSES: tuple[tuple[str, Callable[[int], float]], ...] = (
    ("does not grow", lambda n: 1.0),
    ("grows with the logarithm", lambda n: math.log2(max(n, 2))),
    ("grows in proportion: doubling the input doubles the work", lambda n: float(n)),
    ("grows as n log n: doubling the input a little more than doubles the work", lambda n: n * math.log2(max(n, 2))),
    ("grows with the square: doubling the input makes four times the work", lambda n: float(n) ** 2),
)


def growth_in_words(counts: dict[int, int]) -> str:
    """The growth class that fits counts by size best, in words; least squares on logarithms, free factor."""

    def misfit(shape: Callable[[int], float]) -> float:
        offsets = [math.log(max(count, 1)) - math.log(shape(size)) for size, count in counts.items()]
        mean = sum(offsets) / len(offsets)
        return sum((offset - mean) ** 2 for offset in offsets)

    return min(GROWTH_CLASSES, key=lambda one: misfit(one[1]))[0]


@dataclass(frozen=True)
class Growth:
    """Work by size of the input; prints as a table with the fitted class in words."""

    title: str
    by_size: dict[int, Work]

    @property
    def in_words(self) -> str:
        """The growth class of the count that grows fastest, in words."""
        counted = [counts for counts in self._columns().values() if any(counts.values())]
        return max(map(growth_in_words, counted), key=_CLASSES.index)

    def _columns(self) -> dict[str, dict[int, int]]:
        """What was counted, by size; the first two always, the others where there was any."""
        names = {
            "key operations": "keys",
            "steps": "steps",
            "items moved": "moved",
            "database steps": "database",
            "steps assumed": "assumed",
        }
        columns = {
            head: {size: getattr(work, name) for size, work in self.by_size.items()} for head, name in names.items()
        }
        always = ("key operations", "steps")
        return {head: counts for head, counts in columns.items() if head in always or any(counts.values())}

    def __str__(self) -> str:
        columns = self._columns()
        rows = [[size, *(counts[size] for counts in columns.values())] for size in self.by_size]
        return f"{self.title}\n{table([('size', *columns), *rows], indent='  ')}\n  {self.in_words}"


_CLASSES = [words for words, _ in GROWTH_CLASSES]


def measure_growth(
    title: str, prepare: Callable[[int], Any], act: Callable[[Any], Any], sizes: Sequence[int] = (64, 256, 1024)
) -> Growth:
    """How the work of `act(prepare(n))` grows over the sizes; only `act` is counted.

    NothingMeasured where nothing was counted at all: no source to rewrite, and no key that counts; ValueError without
    two sizes of 1 or more.
    A call that does nothing counts its one step, as a lookup does, and doesn't grow.
    """
    if len({*sizes}) < 2 or min(sizes) < 1:
        raise ValueError(f"growth needs two sizes at least, each of 1 or more; not {list(sizes)}")
    by_size = {}
    with adopting.rewritten([act]):
        for size in sizes:
            prepared = prepare(size)
            by_size[size] = count_work(lambda prepared=prepared: act(prepared), steps=False)[0]  # type: ignore[misc]
    if not any(work.steps or work.keys or work.database for work in by_size.values()):
        raise NothingMeasured(
            f"unmeasured: the source of {title!r} can't be read, or its file has changed since it was imported, "
            "and no key that counts was touched"
        )
    return Growth(title, by_size)
