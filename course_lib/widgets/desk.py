"""The row of buttons under a verdict: the next hint, an answer, this task put back; and what the page alone can see.

The page sees whether the cell that was judged has been edited since it ran, and it can put the starter into that cell
(an edit like any other: Ctrl+Z takes it back). It knows the cell by the number in its brackets and reads the editor as
JupyterLab shows it; on any other page the row works, and says nothing of edits. All that the buttons do is also a line
of code, and each answer stands below the row, one at a time.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import anywidget
import traitlets

_PAGE = """
const viewOf = cell => {
  const content = cell?.querySelector(".cm-content");
  return content?.cmTile?.view ?? content?.cmView?.view ?? content?.cmView?.rootView?.view ?? null;
};
const cellOf = (el, number) =>
  [...(el.closest(".jp-Notebook")?.querySelectorAll(".jp-CodeCell") ?? [])]
    .find(cell => cell.querySelector(".jp-InputPrompt")?.textContent.trim() === `[${number}]:`);
const textOf = view => view?.state.doc.toString();

function render({ model, el }) {
  const [box, bar, edited, told] = [1, 2, 3, 4].map(() => document.createElement("div"));
  const number = model.get("number"), source = model.get("source").trim();
  box.className = "course-desk jp-RenderedHTMLCommon";
  box.style.cssText = "color:var(--jp-ui-font-color1);padding:.2em 0 .4em 1.3em";
  bar.style.cssText = "display:flex;flex-wrap:wrap;gap:.6em;align-items:center";
  bar.setAttribute("role", "group");
  bar.setAttribute("aria-label", `Help with ${model.get("task")}`);
  for (const part of [edited, told]) part.setAttribute("role", "status");
  edited.style.cssText = "margin-bottom:.4em;font-weight:bold";
  told.style.cssText = "max-width:56em";
  box.append(edited, bar, told);
  el.append(box);

  const view = () => number ? viewOf(cellOf(el, number)) : null;
  const isEdited = () => { const text = textOf(view()); return text !== undefined && text.trim() !== source; };
  const look = () => {
    const words = isEdited() ? `Cell [${number}] was edited since it ran, and this verdict is about the text as it `
      + "ran: run the cell, then check again." : "";
    if (edited.textContent !== words) edited.textContent = words;
    edited.hidden = !words;
  };
  const typed = () => { look(); setTimeout(look, 300); };  // the editor may take a key in after it came up
  const buttons = new Map();
  const draw = () => {
    for (const [name, label] of Object.entries(model.get("labels"))) {
      if (!buttons.has(name)) {
        const button = document.createElement("button");
        button.type = "button";
        button.className = "jupyter-button";
        button.style.cssText = "width:auto;padding:0 .8em";
        button.addEventListener("click", () => {
          told.textContent = "Asked; the kernel answers when it is free.";
          model.send({ does: name, text: textOf(view()) ?? null });
        });
        buttons.set(name, button);
        bar.append(button);
      }
      buttons.get(name).textContent = label;
    }
  };
  const show = () => { told.innerHTML = model.get("told"); };
  const put = message => {
    const editor = view();
    if (message.put === undefined || !editor) return;
    editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: message.put } });
    look();
  };
  box.addEventListener("keydown", event => { if (["Enter", " "].includes(event.key)) event.stopPropagation(); });
  document.addEventListener("keyup", typed);  // the row may be drawn before it is put into its notebook
  model.on("change:labels", draw);
  model.on("change:answers", show);
  model.on("msg:custom", put);
  draw();
  show();
  requestAnimationFrame(look);
  return () => {
    document.removeEventListener("keyup", typed);
    model.off("change:labels", draw);
    model.off("change:answers", show);
    model.off("msg:custom", put);
  };
}
export default { render };
"""

_SAVE = """
function render({ el }) {
  const keys = { key: "s", code: "KeyS", keyCode: 83, which: 83, bubbles: true, cancelable: true };
  const onMac = /Mac/.test(navigator.platform);
  const page = el.closest(".jp-Notebook") ?? document.body;
  page.dispatchEvent(new KeyboardEvent("keydown", { ...keys, ctrlKey: !onMac, metaKey: onMac }));
}
export default { render };
"""


@dataclass(frozen=True)
class Told:
    """What a button gives: HTML below the row, the button's next label, a text to be put into the judged cell."""

    html: str
    label: str | None = None
    put: str | None = None


Action = Callable[[str | None], Told]
"""Given the text of the judged cell as the page has it, or None where the page does not tell."""


class Desk(anywidget.AnyWidget):
    """The row, for one task; `number` is that of the judged cell, 0 where it is not known."""

    _esm = _PAGE
    task = traitlets.Unicode().tag(sync=True)
    number = traitlets.Int(0).tag(sync=True)
    source = traitlets.Unicode().tag(sync=True)
    labels: Any = traitlets.Dict().tag(sync=True)
    told = traitlets.Unicode().tag(sync=True)
    answers = traitlets.Int(0).tag(sync=True)

    def __init__(self, task: str, number: int, source: str, actions: dict[str, tuple[str, Action]]) -> None:
        """`actions` are, by name, a button's first label and what it does."""
        labels = {name: label for name, (label, _) in actions.items()}
        super().__init__(task=task, number=number, source=source, labels=labels)
        self._actions = {name: action for name, (_, action) in actions.items()}
        self.on_msg(self._asked)

    def _asked(self, _widget: Any, content: dict[str, Any], _buffers: Any) -> None:
        text = content.get("text")
        self.press(str(content.get("does")), text if isinstance(text, str) else None)

    def press(self, name: str, text: str | None = None) -> None:
        """What a click does."""
        found = self._actions[name](text)
        with self.hold_sync():
            self.told = found.html
            self.answers += 1  # the same words twice are an answer twice
            if found.label is not None:
                self.labels = {**self.labels, name: found.label}
        if found.put is not None:
            self.send({"put": found.put})


class SaveFirst(anywidget.AnyWidget):
    """Asks the page to save the notebook, by the keys that a reader would press."""

    _esm = _SAVE
