"""Judges e-mail addresses that are to make a directory slow: comparisons and steps of one lookup at three sizes.

Broken is a lookup whose work grows faster than the logarithm of the number of users. What is looked up is the next
address, which nobody has. What it can't see: growth that begins beyond the largest size.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from course_lib.instruments.work import CountedText, measure_growth
from course_lib.instruments.work.adopting import rewritten
from course_lib.widgets.attacked import Attacked, Told, attacked

SIZES = (50, 400, 3_200)
LONGEST = 200
FINE = ("does not grow", "grows with the logarithm")


def breaks(directory: Callable[..., Any], email: Any) -> Attacked:
    """Whether a lookup among the users `email(0)`, `email(1)`, … takes longer the more there are."""
    if not callable(email):
        return Attacked(Told(None, "the attack is a function: email(number) gives an address."))
    return attacked(lambda: _judged(directory, email))


def _judged(directory: Callable[..., Any], email: Callable[[int], str]) -> Told:
    addresses = [email(number) for number in range(max(SIZES) + 1)]
    if not all(isinstance(one, str) and 0 < len(one) <= LONGEST for one in addresses):
        return Told(None, f"an address is a text of 1 to {LONGEST} letters.")
    if len(set(addresses)) < len(addresses):
        return Told(None, "two users have one address; each needs its own.")

    def prepare(size: int) -> tuple[Any, CountedText]:
        return directory({"email": CountedText(one)} for one in addresses[:size]), CountedText(addresses[size])

    with rewritten([directory]):  # the call below is the course's own, which counts no steps
        growth = measure_growth("one lookup", prepare, lambda pair: pair[0].find_by_email(pair[1]), SIZES)
    return Told(growth.in_words not in FINE, f"the work of a lookup {growth.in_words}.", str(growth))
