"""Readings of the faults instrument as one table: a row a fault, a column a client.

    fault_matrix({"as merged": reading, "repaired": other})

`differing` leaves out the faults under which all clients come to the same outcome.
"""

from __future__ import annotations

from collections.abc import Mapping

from course_lib.instruments.faults import LEGEND, FaultReading
from course_lib.widgets.matrix import Matrix


def fault_matrix(readings: Mapping[str, FaultReading], title: str = "", differing: bool = False) -> Matrix:
    """The outcomes side by side, in the order of the first reading; all must have been under the same faults."""
    faults = [cell.fault for cell in next(iter(readings.values()))]
    lines = {fault: [reading[fault].outcome for reading in readings.values()] for fault in faults}
    if differing:
        lines = {fault: line for fault, line in lines.items() if len(set(line)) > 1}
    return Matrix(
        rows=list(lines),
        columns=list(readings),
        cells=list(lines.values()),
        legend=dict(LEGEND),
        title=title,
        corner="the server's answer",
    )
