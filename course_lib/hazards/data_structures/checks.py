"""How counted work may grow: fitted over sizes that each are four times the one before.

A step between two sizes is not yet a growth: the load factor of a library lies between two sizes for a right answer,
too. So growth has to show in the last two intervals; where it shows, or nearly shows, in the last alone, a larger size
decides. The paths of a tree that is built by chance are short or long by luck: where a lookup grew by little, a size
far beyond decides.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from math import log2
from typing import Any

from course_lib.hazards.plainly import raised
from course_lib.reading import Check, failed, passed, unmeasured

Observation = dict[str, Any]
Series = dict[int, Observation]  # the work at each size

SECONDS = 8.0  # of processor time for one run: a pool of threads, counted, takes ten times what it takes otherwise
LONG_SECONDS, LONGEST_SECONDS = 24.0, 60.0  # the same once it has come back from a run: a slow machine is no loop
TIMES = 4  # from one size to the next
FAR, FARTHEST = 4_096, 32_000  # users among whom it shows whether a lookup's work grew by luck
NOISE = 8  # steps that one lookup may cost more by chance, in a table of randomised hashes
WORDS = {"steps": "steps", "database": "database steps", "moved": "items moved in lists", "assumed": "steps"}


@dataclass(frozen=True)
class Counting:
    """Which counts make up the work that is judged."""

    kinds: tuple[str, ...]

    def of(self, work: Observation, assumed: bool = False) -> int:
        return sum(int(work[kind]) for kind in (*self.kinds, *["assumed"][: int(assumed)]))

    def named(self, work: Observation) -> str:
        """The kind that most of the work is of, in words."""
        most = max(self.kinds, key=lambda kind: work[kind])
        return WORDS.get(most, WORDS["moved"])


PUTTING_IN_IS_FREE = Counting(("steps", "database", "moved_out"))
STEPS_ALONE = Counting(("steps", "database"))
MOVED = Counting(("moved_in", "moved_out"))


def broken(works: Series) -> str:
    """What one of the calls raised, in words, or nothing."""
    return next((raised(work["raised"]) for work in works.values() if "raised" in work), "")


def outgrows_n_log_n(counts: dict[int, int], spare: float = 1.25) -> list[bool]:
    """For each interval whether the work grew by more than n log n, with a quarter to spare for tables that double."""
    return [
        counts[many] > spare * (many * log2(many)) / (few * log2(few)) * max(counts[few], 4 * few)
        for few, many in pairwise(sorted(counts))
    ]


def nearly_outgrows_n_log_n(counts: dict[int, int]) -> list[bool]:
    """The same with a tenth to spare: what is done anew once in a thousand times begins to show there."""
    return outgrows_n_log_n(counts, 1.1)


def outgrows_a_logarithm(counts: dict[int, int]) -> list[bool]:
    """For each interval whether it added markedly more than every one before: a logarithm adds the same each time.

    Added is what goes beyond all sizes before; a table of randomised hashes goes up and down.
    """
    highest = [*accumulate((counts[size] for size in sorted(counts)), max)]
    added = [later - earlier for earlier, later in pairwise(highest)]
    return [
        now > NOISE and now > highest[at] // 4 and now > 1.6 * max([0, *added[:at]]) for at, now in enumerate(added)
    ]


def may_be_luck(counts: dict[int, int]) -> bool:
    """Whether the last interval added less than half a step for each user that came in."""
    few, many = sorted(counts)[-2:]
    return counts[many] - counts[few] < (many - few) / 2


def outgrows_a_logarithm_far_on(counts: dict[int, int], far: int) -> bool:
    """Whether the last size added markedly more than the intervals before lead to expect, the longest of them each."""
    *before, last = accumulate((counts[size] for size in sorted(counts)), max)
    intervals = log2(far / sorted(counts)[-2]) / log2(TIMES)
    return last - before[-1] > 1.6 * intervals * max(later - earlier for earlier, later in pairwise(before))


Outgrows = Callable[[dict[int, int]], list[bool]]


def judge(
    name: str,
    what: str,
    series: Series,
    further: Callable[[int], Observation] | None,
    outgrows: Outgrows,
    counting: Counting,
    expected: str,
    far: Callable[[int], Observation] | None = None,
) -> Check:
    """The check on a series of three sizes or more; `further(size)` gives the work at one more, where that decides.

    Without `further` it passes where the last interval alone shows growth: larger sizes are judged later. `far(size)`
    gives the work of a lookup where what grew may be luck.
    """
    works = dict(series)
    told = broken(works)
    if told:
        return failed(name, told, "no exception", f"{what}: raised {told}")
    for with_assumed in (False, True):
        check = _judge(name, what, works, further, outgrows, counting, expected, far, with_assumed)
        if check.status != "pass":
            return check
    return check


def _judge(
    name: str,
    what: str,
    works: Series,
    further: Callable[[int], Observation] | None,
    outgrows: Outgrows,
    counting: Counting,
    expected: str,
    far: Callable[[int], Observation] | None,
    with_assumed: bool,
) -> Check:
    nearly = nearly_outgrows_n_log_n if outgrows is outgrows_n_log_n else outgrows
    grew = outgrows(_counts(works, counting, with_assumed))
    begins = further is not None and not grew[-2] and nearly(_counts(works, counting, with_assumed))[-1]
    if further and begins:
        size = TIMES * max(works)
        works[size] = further(size)
        if "raised" in works[size]:
            return _raised_at(name, what, works, size)
        grew = outgrows(_counts(works, counting, with_assumed))
    grows = grew[-1] and (begins or grew[-2])
    if grows and far and max(works) < FARTHEST and may_be_luck(_counts(works, counting, with_assumed)):
        size = max(FAR, TIMES * max(works))
        works[size] = far(size)
        if "raised" in works[size]:
            return _raised_at(name, what, works, size)
        grows = outgrows_a_logarithm_far_on(_counts(works, counting, with_assumed), size)
    measured = _in_words(works, counting, with_assumed)
    if not grows:
        return passed(name, f"{measured} ({what})")
    if with_assumed:
        unknown = ", ".join(sorted({one for work in works.values() for one in work["unknown"]}))
        return unmeasured(name, f"what {unknown} does with what it is given can't be counted ({what}; {measured})")
    few, many = sorted(works)[-2:]
    noun = counting.named(works[many])
    told = f"{few:,} made {counting.of(works[few]):,} {noun}, {many:,} made {counting.of(works[many]):,} ({what})"
    return failed(name, f"{measured} ({what})", expected, told)


def _raised_at(name: str, what: str, works: Series, size: int) -> Check:
    told = raised(works[size]["raised"])
    return failed(name, told, "no exception", f"{what}, {size:,} of them: raised {told}")


def _counts(works: Series, counting: Counting, assumed: bool) -> dict[int, int]:
    return {size: counting.of(work, assumed) for size, work in works.items()}


def _in_words(works: Series, counting: Counting, assumed: bool = False) -> str:
    sizes: Sequence[int] = sorted(works)
    noun = counting.named(works[sizes[-1]])
    return f"{noun}: " + ", ".join(f"{counting.of(works[size], assumed):,} for {size:,}" for size in sizes)
