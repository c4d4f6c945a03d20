"""Drives a log and a cache with numbered, weakly watched objects: which are alive, and the slopes of long use."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from course_lib.hazards.unbounded_growth.probe_cache import BoundedCache, EndlessCache, profile_cache
from course_lib.hazards.unbounded_growth.probe_clock import replace_clocks
from course_lib.hazards.unbounded_growth.probe_log import BoundedLog, EndlessLog, event_log


def before_load(_task: str) -> None:
    """Before any code of the submission runs."""
    replace_clocks()


PROBES: dict[str, Callable[[Any, dict[str, Any]], dict[str, Any]]] = {
    "EventLog": event_log,
    "ProfileCache": profile_cache,
}
CONTROLS = {"EventLog": (EndlessLog, BoundedLog), "ProfileCache": (EndlessCache, BoundedCache)}
