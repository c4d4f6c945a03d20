"""Judges a `fetch` that is to make an exporter leave files open: opened by the exporter, and closed by it.

Files that `fetch` itself opens are not the exporter's and don't count.
"""

from __future__ import annotations

import inspect
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from course_lib.instruments.handles import watch_handles
from course_lib.widgets.attacked import Attacked, Told, attacked

USERS = (1, 2, 3, 4, 5)


def breaks(export: Callable[..., Any], fetch: Any) -> Attacked:
    """Whether five exports with that `fetch` leave a file open."""
    if not callable(fetch):
        return Attacked(Told(None, "the attack is a function: fetch(user_id)."))
    return attacked(lambda: _judged(export, fetch))


def _judged(export: Callable[..., Any], fetch: Callable[[int], Any]) -> Told:
    own, ended = inspect.getsource(export), "it returned"
    with tempfile.TemporaryDirectory() as folder, watch_handles() as ledger:
        try:
            export(USERS, Path(folder), fetch)
        except BaseException as error:  # noqa: BLE001  # that is how an attack may end
            ended = f"it raised {type(error).__name__}: {error}"
    lines = [line for line in ledger.reading.lines if line.source in own]
    opened = sum(line.opened for line in lines)
    closed = sum(line.closed_by_code for line in lines)
    files = "1 file" if opened == 1 else f"{opened} files"
    told = f"{files} opened by the code, {closed} closed by it; {ended}."
    return Told(closed < opened, told, "\n".join(map(str, lines)))
