"""How counted work grows with the size of the input, and in which class, in words.

Works on what `operations` counts, at three sizes or more. What it can't see: growth that begins beyond the largest
size, and everything that `operations` can't.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

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
        """The faster growing of key operations and steps, in words."""
        keys = {size: work.keys for size, work in self.by_size.items()}
        steps = {size: work.steps for size, work in self.by_size.items()}
        last, first = max(keys), min(keys)
        faster = keys if keys[last] * steps[first] >= steps[last] * keys[first] and keys[last] else steps
        return growth_in_words(faster)

    def __str__(self) -> str:
        rows = [(size, work.keys, work.steps) for size, work in self.by_size.items()]
        figures = table([("size", "key operations", "steps"), *rows], indent="  ")
        return f"{self.title}\n{figures}\n  {self.in_words}"


def measure_growth(
    title: str, prepare: Callable[[int], Any], act: Callable[[Any], Any], sizes: Sequence[int] = (64, 256, 1024)
) -> Growth:
    """How the work of `act(prepare(n))` grows over the sizes; only `act` is counted."""
    by_size = {}
    for size in sizes:
        prepared = prepare(size)
        by_size[size] = count_work(lambda prepared=prepared: act(prepared))[0]  # type: ignore[misc]  # bound at once
    return Growth(title, by_size)
