"""What was counted: handles opened, closed by the code, left to the garbage collector, still open, and the peak."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """The handles that one line of code opened, and what became of them; `where` is `file.py:12`."""

    where: str
    source: str
    opened: int
    closed_by_code: int
    left_to_collector: int
    still_open: int

    def __str__(self) -> str:
        fates = [
            (self.closed_by_code, "closed by the code"),
            (self.left_to_collector, "left to the collector"),
            (self.still_open, "still open"),
        ]
        told = ", ".join(f"{count} {fate}" for count, fate in fates if count)
        return f"{self.where}  {self.opened} opened: {told}    {self.source}".rstrip()


@dataclass(frozen=True)
class HandleReading:
    """Counts of operating-system handles over one watch.

    `opened` is the sum of `closed_by_code`, `left_to_collector` and `still_open`. `peak_open` is the most that were
    really open at one moment; `peak_unclosed` the most that the code had not yet closed itself, dead or alive.
    """

    opened: int
    closed_by_code: int
    left_to_collector: int
    still_open: int
    peak_open: int
    peak_unclosed: int
    lines: tuple[Line, ...] = ()

    @property
    def clean(self) -> bool:
        """True where the code itself closed every handle it opened."""
        return self.opened == self.closed_by_code

    def __str__(self) -> str:
        figures = [
            ("opened", self.opened),
            ("closed by the code", self.closed_by_code),
            ("left to the collector", self.left_to_collector),
            ("still open", self.still_open),
            ("peak, really open", self.peak_open),
            ("peak, not yet closed", self.peak_unclosed),
        ]
        table = [f"  {label:<22}{count:>6}" for label, count in figures]
        return "\n".join(["handles", *table, *(f"  {line}" for line in self.lines)])

    def __repr__(self) -> str:
        return str(self)
