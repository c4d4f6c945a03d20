"""What was counted: handles opened, closed by the code, left to the garbage collector, still open, and the peak."""

from __future__ import annotations

from dataclasses import dataclass

from course_lib.reading import table

HELD_OPEN = (
    "what is still open is held by something that lives on: a pool or a cache? Close the pool within the watch "
    "(engine.dispose(), session.close()); what was taken from it and never given back is still told"
)


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
        """True where the code itself closed every handle it opened, and opened one."""
        return self.opened == self.closed_by_code and not self.unmeasured

    @property
    def unmeasured(self) -> str:
        """Why nothing can be told; empty where a handle was opened."""
        return "" if self.opened else "unmeasured: no handle was opened while this watched"

    @property
    def held_by_others(self) -> bool:
        """True where what was not closed is still open, all of it: something that lives on has it, such as a pool."""
        return bool(self.still_open) and not self.left_to_collector

    def __str__(self) -> str:
        figures = [
            ("opened", self.opened),
            ("closed by the code", self.closed_by_code),
            ("left to the collector", self.left_to_collector),
            ("still open", self.still_open),
            ("peak, really open", self.peak_open),
            ("peak, not yet closed", self.peak_unclosed),
        ]
        notes = [self.unmeasured, HELD_OPEN if self.held_by_others else ""]
        lines = [f"  {line}" for line in (*self.lines, *filter(None, notes))]
        return "\n".join(["handles", table(figures, indent="  "), *lines])

    def __repr__(self) -> str:
        return str(self)
