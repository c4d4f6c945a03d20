"""Judges a stream of events that is to make a log grow without end: blocks and bytes that each event leaves behind.

What the stream keeps for itself is measured first, without the log: then nothing can be told of the log.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from course_lib.instruments.memory import measure_slopes
from course_lib.widgets.attacked import Attacked, Told, attacked

WARM_UP = 500


def breaks(make_log: Callable[[], Any], event: Any) -> Attacked:
    """Whether `make_log().record(event(0))`, `event(1)`, … leaves something behind each time, or raises."""
    if not callable(event):
        return Attacked(Told(None, "the attack is a function: event(number)."))
    return attacked(lambda: _judged(make_log, event))


def _judged(make_log: Callable[[], Any], event: Callable[[int], Any]) -> Told:
    if not all(_is_event(event(number)) for number in range(WARM_UP)):
        return Told(None, 'an event is a dict whose "user" is a text or a number.')
    if measure_slopes(event, WARM_UP).unbounded:
        return Told(None, "your own function keeps something at each call, so nothing can be told of the log.")
    log = make_log()
    try:
        slopes = measure_slopes(lambda number: log.record(event(number)), WARM_UP)
    except Exception as error:  # noqa: BLE001  # whatever it is, the log let it out
        return Told(True, f"it does not grow, it ends: record raised {type(error).__name__}: {error}")
    last = slopes.windows[-1]
    told = f"{last.blocks:.2f} blocks and {last.bytes:.1f} bytes are left behind by each event."
    return Told(slopes.unbounded, told, str(slopes))


def _is_event(value: object) -> bool:
    """Whether a log of requests could be handed that; what it makes of anything else says nothing of its growth."""
    return isinstance(value, dict) and isinstance(value.get("user"), str | int)
