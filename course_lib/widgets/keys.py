"""What the keyboard does in a form: the field has the focus once its cell was run, Escape and Shift+Enter lead out.

Escape goes back to the form's own cell, Shift+Enter on to the next one, without sending anything. JupyterLab's own keys
stay out of the form as long as the focus is in it. On a page without cells the focus is given up, no more.
"""

from __future__ import annotations

import anywidget
import traitlets

_PAGE = """
function render({ model, el }) {
  el.style.display = "none";
  let form = null;
  const cell = () => form.closest(".jp-Cell");
  const lead = to => {
    document.activeElement?.blur();
    to?.focus({ preventScroll: true });
    to?.scrollIntoView({ block: "nearest" });
  };
  const out = event => {
    const goesOn = event.key === "Enter" && event.shiftKey;
    if (event.key !== "Escape" && !goesOn) return;
    event.preventDefault();
    event.stopPropagation();
    lead(goesOn ? cell()?.nextElementSibling ?? cell() : cell());
  };
  const keep = event => event.stopPropagation();
  const wasJustRun = () => {
    const own = cell(), active = document.querySelector(".jp-Cell.jp-mod-active");
    const typing = document.activeElement?.closest(".cm-editor, input, textarea");
    return own && !typing && (active === own || active === own.nextElementSibling);
  };
  let tries = 0;
  const attach = () => {
    form = el.closest("." + model.get("form"));
    if (!form?.isConnected) { if (tries++ < 600) requestAnimationFrame(attach); return; }
    form.addEventListener("keydown", out, true);
    form.addEventListener("keydown", keep);
    if (model.get("fresh") && wasJustRun()) form.querySelector("input, button")?.focus({ preventScroll: true });
  };
  requestAnimationFrame(attach);
  return () => {
    form?.removeEventListener("keydown", out, true);
    form?.removeEventListener("keydown", keep);
  };
}
export default { render };
"""


class Keys(anywidget.AnyWidget):
    """Lies, unseen, in the form whose class is `form`; `fresh` is whether the form waits for a first answer."""

    _esm = _PAGE
    form = traitlets.Unicode().tag(sync=True)
    fresh = traitlets.Bool(True).tag(sync=True)
