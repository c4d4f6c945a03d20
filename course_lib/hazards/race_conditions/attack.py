"""Judges calls that are to break a class when they are made at the same time: every order of their steps is tried.

Calls that break the condition one after the other as well are no race, and nothing is judged then.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import permutations
from typing import Any

from course_lib.interleavings import find_race
from course_lib.widgets.attacked import Attacked, Told, attacked

MOST_CALLS = 4


def breaks(make: Callable[[], Any], calls: Sequence[Callable[[Any], Any]], holds: Callable[[Any], bool]) -> Attacked:
    """Whether those calls, each in a thread of its own on one object, can end where `holds` is false, or nowhere."""
    calls = list(calls) if isinstance(calls, list | tuple) else []
    if not calls or not all(map(callable, calls)) or len(calls) > MOST_CALLS:
        return Attacked(
            Told(None, f"the attack is a list of one to {MOST_CALLS} calls, each a function of the object.")
        )
    return attacked(lambda: _judged(make, calls, holds))


def _judged(make: Callable[[], Any], calls: Sequence[Callable[[Any], Any]], holds: Callable[[Any], bool]) -> Told:
    for order in permutations(calls):
        alone = make()
        for call in order:
            call(alone)
        if not holds(alone):
            return Told(None, "these calls break the condition one after the other as well, so that is no race.")
    found = find_race(make, calls, holds)
    tried = found.exploration.schedules
    if found.trace is not None:
        return Told(True, f"{found.verdict}, in schedule {tried} of those tried.", str(found.trace))
    if found.is_safe:
        return Told(False, f"orders that can matter: {tried}; all were run, and it held in each.")
    return Told(None, str(found))
