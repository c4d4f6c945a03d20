"""What is watched while the service runs: eight gauges under the names that a Prometheus would scrape.

Sampled a few times a second from outside: descriptors and memory as psutil reads them, queries from the service's own
log, the rest from what the clients got. A gauge that the system can't read stays empty and is said to be.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Mapping
from dataclasses import dataclass

from prometheus_client import CollectorRegistry, Gauge, generate_latest

from course_lib.reading import figure, table

MEBI = 1 << 20


@dataclass(frozen=True)
class Named:
    """One gauge: its short name, the name that Prometheus has for it, what it says, and what one unit of it is."""

    key: str
    metric: str
    says: str
    unit: float = 1.0


NAMED = (
    Named("descriptors", "process_open_fds", "open descriptors"),
    Named("memory", "process_resident_memory_bytes", "resident memory, MiB", MEBI),
    Named("queries", "service_queries_per_request", "queries in one request"),
    Named("cpu", "service_cpu_seconds_per_request", "processor, ms a request", 0.001),
    Named("errors", "service_responses_5xx_total", "5xx not promised, or no answer"),
    Named("wrong", "service_wrong_answers_total", "wrong answers"),
    Named("refused", "service_strangers_refused_total", "strangers refused"),
    Named("served", "service_strangers_served_total", "strangers served"),
)
KEYS = tuple(gauge.key for gauge in NAMED)
BARS = "▁▂▃▄▅▆▇█"
STRIP_WIDTH = 32


class Gauges:
    """The gauges as they stand, and how they stood: `history` is a list of (second, values by key)."""

    def __init__(self, limits: Mapping[str, float]) -> None:
        self.limits = dict(limits)
        self.history: list[tuple[float, dict[str, float]]] = []
        self._registry = CollectorRegistry()
        self._kept = {one.key: Gauge(one.metric, one.says, registry=self._registry) for one in NAMED}
        self._lock = threading.Lock()

    def sample(self, second: float, values: Mapping[str, float]) -> None:
        """Keeps what was read at that second of the run; what could not be read is left out."""
        with self._lock:
            for one in NAMED:
                if one.key in values:
                    self._kept[one.key].set(values[one.key] * one.unit)
            self.history.append((second, dict(values)))

    def line(self, key: str) -> list[tuple[float, float]]:
        """One gauge as (second, value)."""
        return [(second, values[key]) for second, values in list(self.history) if key in values]

    def _line(self, key: str, until: float) -> list[tuple[float, float]]:
        return [(second, value) for second, value in self.line(key) if second <= until]

    def exposition(self) -> str:
        """The gauges as they stand, in the text that a Prometheus scrapes."""
        return generate_latest(self._registry).decode()

    def strip(self, until: float = math.inf) -> str:
        """Each gauge in a line, up to that second: first, course, last, and its budget where it has one."""
        rows = [(one.says, *_told(self._line(one.key, until), self.limits.get(one.key))) for one in NAMED]
        return table([("gauge", "first", "course", "last", "budget"), *rows])

    def to_plain(self) -> dict[str, dict[str, float | None]]:
        """First, highest and last value of each gauge by its Prometheus name; None where it could not be read."""
        return {one.metric: _ends(self.line(one.key)) for one in NAMED}


def _told(line: list[tuple[float, float]], limit: float | None) -> tuple[str, ...]:
    values = [value for _, value in line]
    if not values:
        return ("", "can't be read on this system", "", "")
    return (figure(values[0]), sparkline(values), figure(values[-1]), "" if limit is None else figure(limit))


def _ends(line: list[tuple[float, float]]) -> dict[str, float | None]:
    values: list[float | None] = [value for _, value in line] or [None]
    highest = max((value for value in values if value is not None), default=None)
    return {"first": values[0], "highest": highest, "last": values[-1]}


def sparkline(values: list[float], width: int = STRIP_WIDTH) -> str:
    """The values as a row of bars, each the highest of its stretch, from nothing to the highest of all."""
    highest = max(values)
    if not highest:
        return BARS[0] * min(width, len(values))
    steps = [values[at * len(values) // width : (at + 1) * len(values) // width] for at in range(width)]
    return "".join(BARS[round(max(step) / highest * (len(BARS) - 1))] for step in steps if step)
