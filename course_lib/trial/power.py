"""What a trial can show: in how many of a hundred trials a gain of so many points is seen, for so many samples a task.

Simulated, with the sign-flip test at 5 % over 17 tasks: how hard a task is for the assistant is drawn from a Beta(0.6,
0.6), since most are easy or hard for it. A gain may fall on few tasks, each of which it mends wholly, or on all alike,
a part of what is missing there; the first is harder to see. What is not in it: tasks that a prompt makes worse.

    python -m course_lib.trial.power [TRIALS]      # the table again
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from fractions import Fraction

from course_lib.reading import table
from course_lib.trial.sign_flip import sign_flip

TASKS, LEVEL = 17, 0.05
SAMPLES, POINTS = (1, 3, 5, 10), (0, 10, 20, 30)
USUAL, MOST = 5, SAMPLES[-1]  # samples a task where nobody says how many; the most that was simulated
SHOWN = {
    1: ((1, 1), (3, 3), (13, 14), (33, 33)),
    3: ((2, 2), (8, 13), (35, 47), (70, 81)),
    5: ((2, 2), (13, 22), (43, 64), (80, 95)),
    10: ((3, 3), (17, 44), (56, 87), (88, 99)),
}
"""By samples a task, for each of POINTS: of 100 trials, how many show it where it falls on few tasks, and on all."""

HEAD = ("samples a task", "no gain", "10 points", "20 points", "30 points")
WORDS = (
    f"What {TASKS} tasks can show (simulated): of 100 trials, those in which a gain is seen, where it falls on few "
    "tasks wholly, and where it falls on all alike."
)


def rows() -> list[tuple[str, ...]]:
    """The table's rows as text."""
    return [(str(samples), *map(_in_words, shares)) for samples, shares in SHOWN.items()]


def recommendation() -> str:
    """How many samples to take, and what they show and do not, in the table's own figures."""
    usual, most = (dict(zip(POINTS, map(_in_words, SHOWN[samples]), strict=True)) for samples in (USUAL, MOST))
    return (
        f"Take {MOST} samples a task (--samples {MOST}): a gain of 30 points is then seen in {most[30]} of 100 trials, "
        f"one of 10 points in {most[10]}; with {USUAL} samples in {usual[30]} and {usual[10]}. Either way no more than "
        f"{max(SHOWN[MOST][0])} of 100 trials show a gain that is none. A trial of fewer tasks shows less."
    )


def advice() -> str:
    """The table with what it says, and what to do, as text."""
    return f"{WORDS}\n{table([HEAD, *rows()])}\n\n{recommendation()}"


def _in_words(shares: tuple[int, int]) -> str:
    low, high = sorted(shares)
    return str(low) if low == high else f"{low} to {high}"


def shown(samples: int, points: int, on_all: bool, trials: int, seed: int, tasks: int = TASKS) -> float:
    """Of so many simulated trials, the percentage in which the test shows a difference."""
    rng = random.Random(seed)
    return 100 * sum(_shows(rng, samples, points / 100, on_all, tasks) for _ in range(trials)) / trials


def _shows(rng: random.Random, samples: int, gain: float, on_all: bool, tasks: int) -> bool:
    differences = []
    for _ in range(tasks):
        before = rng.betavariate(0.6, 0.6)
        after = before + _mended(rng, 2 * gain, on_all) * (1 - before)  # half of all answers are wrong before
        differences.append(Fraction(_right(rng, samples, after) - _right(rng, samples, before), samples))
    return sign_flip(differences) <= LEVEL


def _mended(rng: random.Random, share: float, on_all: bool) -> float:
    """What share of a task's wrong answers the better prompt makes right; `share` is the mean over all tasks."""
    if not on_all:
        return float(rng.random() < share)
    return rng.uniform(max(0.0, 2 * share - 1), min(1.0, 2 * share))


def _right(rng: random.Random, samples: int, chance: float) -> int:
    return sum(rng.random() < chance for _ in range(samples))


def simulated(trials: int) -> Iterator[tuple[int, tuple[tuple[int, int], ...]]]:
    """The lines of SHOWN anew."""
    for samples in SAMPLES:
        pairs = [[round(shown(samples, one, kind, trials, one)) for kind in (False, True)] for one in POINTS]
        yield samples, tuple((few, every) for few, every in pairs)


if __name__ == "__main__":
    for number, shares in simulated(int(sys.argv[1]) if len(sys.argv) > 1 else 2000):
        sys.stdout.write(f"    {number}: {shares},\n")
