"""How far the judging is, on a terminal only: a bar with the rate and the time left.

Drawn by rich or by tqdm, whichever is installed; where neither is, or nobody looks on, nothing is drawn.
"""

from __future__ import annotations

import contextlib
import importlib.util
import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import ProgressColumn

Step = Callable[[], None]


@contextlib.contextmanager
def progress(total: int) -> Iterator[Step]:
    """A function to call for each hand-in that is done."""
    if total and sys.stderr.isatty() and importlib.util.find_spec("rich"):
        with _rich(total) as step:
            yield step
    elif total and sys.stderr.isatty() and importlib.util.find_spec("tqdm"):
        with _tqdm(total) as step:
            yield step
    else:
        yield lambda: None


@contextlib.contextmanager
def _rich(total: int) -> Iterator[Step]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = TextColumn("judging"), BarColumn(), MofNCompleteColumn(), _rate_column(), TimeRemainingColumn()
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("judging", total=total)
        yield lambda: bar.advance(task)


def _rate_column() -> ProgressColumn:
    from rich.progress import ProgressColumn, Task
    from rich.text import Text

    class Rate(ProgressColumn):
        def render(self, task: Task) -> Text:
            speed = task.finished_speed or task.speed
            return Text(f"{speed * 60:,.0f} a minute" if speed else "")

    return Rate()


@contextlib.contextmanager
def _tqdm(total: int) -> Iterator[Step]:
    from tqdm import tqdm  # type: ignore[import-untyped,unused-ignore]  # it may not be there

    with tqdm(total=total, desc="judging", unit="hand-in", file=sys.stderr, leave=False) as bar:
        yield lambda: bar.update(1)
