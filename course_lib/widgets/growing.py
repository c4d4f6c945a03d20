"""The picture on the page while it still grows: drawn anew at most once a frame, whatever is added meanwhile."""

from __future__ import annotations

import anywidget
import traitlets

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


class Growing(anywidget.AnyWidget):
    """The picture on the page, for as long as it grows."""

    _esm = _PAGE
    picture = traitlets.Unicode().tag(sync=True)
