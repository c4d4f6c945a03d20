"""A line under a cell that says how far a long check is; nothing of it is left when the check is over."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from typing import Any


@contextlib.contextmanager
def under_the_cell() -> Iterator[Callable[[int, int], None]]:
    """What is to be called with the number of the run that begins, from 1, and how many there are."""
    line: Any = None
    place: Any = None

    def tell(number: int, total: int) -> None:
        nonlocal line, place
        if line is None:
            line, place = _shown()
        line.value = f"Judging: {number} of {total}"

    try:
        yield tell
    finally:
        if line is not None:
            line.close()
            place.update({}, raw=True)


def _shown() -> tuple[Any, Any]:
    """A label as a view alone, without the text that stands for it in a file, and the handle by which it goes again."""
    from IPython.display import display
    from ipywidgets import Label

    from course_lib.widgets.page import WIDGET_VIEW

    label = Label()
    alive = label._repr_mimebundle_()
    view = (alive[0] if isinstance(alive, tuple) else alive)[WIDGET_VIEW]
    return label, display({WIDGET_VIEW: view}, raw=True, display_id=True)  # type: ignore[no-untyped-call]  # IPython has no types
