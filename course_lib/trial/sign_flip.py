"""Whether a difference between two prompts could be the luck of the tasks: a two-sided sign-flip test.

Under the assumption that the prompts are alike, each task's difference might as well have come out with the other sign.
`p` is the share of all choices of signs whose sum is at least as far from 0 as the one observed. All of them are
counted: equal sums are kept together, so that eighteen tasks are a few hundred sums and not 262,144.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from fractions import Fraction


def sign_flip(differences: Sequence[Fraction]) -> float:
    """The exact p of these differences, one for each task; 1.0 where there are none."""
    whole = math.lcm(*(one.denominator for one in differences))
    steps = [abs(int(one * whole)) for one in differences]
    observed = abs(int(sum(differences, Fraction(0)) * whole))
    sums: dict[int, int] = {0: 1}
    for step in steps:
        flipped: Counter[int] = Counter()
        for total, times in sums.items():
            flipped[total + step] += times
            flipped[total - step] += times
        sums = flipped
    extreme = sum(times for total, times in sums.items() if abs(total) >= observed)
    return extreme / (1 << len(steps))
