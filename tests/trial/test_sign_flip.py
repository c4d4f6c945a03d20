"""The test on signs, against all choices of signs written out."""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import product

from hypothesis import example, given
from hypothesis import strategies as st

from course_lib.trial.sign_flip import sign_flip

SHARES = st.lists(st.fractions(-1, 1, max_denominator=10), max_size=9)


def by_brute_force(differences: list[Fraction]) -> float:
    observed = abs(sum(differences))
    choices = [
        abs(sum(sign * one for sign, one in zip(signs, differences, strict=True)))
        for signs in product((1, -1), repeat=len(differences))
    ]
    return sum(total >= observed for total in choices) / len(choices)


@given(SHARES)
@example([])
@example([Fraction(0)] * 4)
@example([Fraction(1, 3), Fraction(1, 3), Fraction(1, 3)])
def test_p_is_that_of_all_choices_of_signs(differences: list[Fraction]) -> None:
    assert math.isclose(sign_flip(differences), by_brute_force(differences))


def test_all_tasks_on_one_side() -> None:
    """Two of all choices are as extreme: none flipped, and all."""
    for tasks in (1, 5, 6, 17, 20):
        assert sign_flip([Fraction(1, 5)] * tasks) == 2 / 2**tasks


def test_twenty_tasks_of_odd_shares_are_still_exact() -> None:
    differences = [Fraction(1, 7 + number) for number in range(12)] + [Fraction(0)] * 8
    assert math.isclose(sign_flip(differences), by_brute_force(differences[:12]))
