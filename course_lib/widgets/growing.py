"""A view whose picture grows while something runs, and which leaves it in the notebook once it is finished.

Whatever is added, and from whichever thread, the page draws anew at most once a frame, and is told at most once in the
view's `seconds_between_frames`, and always by `finish`.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import anywidget
import traitlets

from course_lib.widgets.page import View

_PAGE = """
function render({ model, el }) {
  const picture = document.createElement("div");
  picture.style.color = "var(--jp-ui-font-color1)";
  el.append(picture);
  let waiting = 0;
  const draw = () => { waiting = 0; picture.innerHTML = model.get("picture"); };
  const ask = () => { waiting = waiting || requestAnimationFrame(draw); };
  model.on("change", ask);
  draw();
  return () => { model.off("change", ask); cancelAnimationFrame(waiting); };
}
export default { render };
"""


class _Picture(anywidget.AnyWidget):
    """The picture on the page, for as long as it grows."""

    _esm = _PAGE
    picture = traitlets.Unicode().tag(sync=True)


class GrowingView(View):
    """What is to be drawn is told by `drawn`; it is changed inside `changing`."""

    seconds_between_frames = 0.04

    def __init__(self) -> None:
        self._picture, self._lock = _Picture(), threading.Lock()
        self._finished, self._told_at = False, 0.0
        self._displays: list[Any] = []
        self._tell()

    def drawn(self) -> str:
        """The picture as it stands, as SVG or HTML."""
        raise NotImplementedError

    @contextmanager
    def changing(self, at_once: bool = True) -> Iterator[None]:
        """Nobody else changes it meanwhile; then the page is told, unless it has been a moment ago and time is left."""
        with self._lock:
            yield
            if at_once or time.monotonic() - self._told_at > self.seconds_between_frames:
                self._tell()

    def _finish(self) -> None:
        """From here on, inside `changing`, the finished picture stands in the notebook in place of the live one."""
        self._finished = True

    def _tell(self) -> None:
        self._told_at = time.monotonic()
        self._picture.picture = self.drawn()
        if self._finished:
            for shown in self._displays:
                shown.update(self.static_bundle(), raw=True)

    @property
    def widget(self) -> Any:
        """The live picture, until it is finished."""
        return None if self._finished else self._picture

    def _ipython_display_(self) -> None:
        from IPython.display import display

        shown = display(self._repr_mimebundle_(), raw=True, display_id=True)  # type: ignore[no-untyped-call]  # IPython has no types
        self._displays.append(shown)
