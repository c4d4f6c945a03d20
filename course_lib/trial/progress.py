"""How far a trial is, on standard error: a bar on a terminal where rich is there, else one line an answer."""

from __future__ import annotations

import contextlib
import importlib.util
import sys
from collections.abc import Callable, Iterator

from course_lib.reports.legible import legible

Tell = Callable[[str], None]


@contextlib.contextmanager
def progress(total: int) -> Iterator[Tell]:
    """A function that is to be called with one line for each answer that is done."""
    if sys.stderr.isatty() and importlib.util.find_spec("rich"):
        with _bar(total) as tell:
            yield tell
    else:
        done = iter(range(1, total + 1))
        yield lambda line: _write(f"{next(done)}/{total} {legible(line)}\n")


@contextlib.contextmanager
def _bar(total: int) -> Iterator[Tell]:
    from rich.console import Console
    from rich.markup import escape
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("asking and judging", total=total)
        yield lambda line: bar.update(task, advance=1, description=escape(legible(line)))


def _write(line: str) -> None:
    sys.stderr.write(line)
    sys.stderr.flush()
