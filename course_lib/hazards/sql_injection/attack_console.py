"""An attack console: type a value, see the statement it became, what it did to its structure, and the rows it fetched.

    AttackConsole(get_user_orders, open_shop, {"user_id": 7, "status": "paid"}, {"status": "x' OR 1=1 --"})

The first values are the harmless ones that everything is compared with, the second those shown at the start. Each press
of Send calls the function once more, on a fresh database, in this kernel; a statement that runs away is interrupted.
`print(console)` gives the last call in words; where no widget can live, the call shown at the start is a picture.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from html import escape
from typing import Any

import anywidget
import traitlets

from course_lib.hazards.sql_injection import statement_tree as tree
from course_lib.instruments.injection.statements import Statement, WatchedConnection
from course_lib.instruments.injection.trials import Trial, try_values
from course_lib.instruments.sql_structure import pieces

MOST_ROWS = 6

_PAGE = """
function render({ model, el }) {
  const form = document.createElement("div"), shown = document.createElement("div");
  el.style.cssText = "color:var(--jp-ui-font-color1);font-size:var(--jp-content-font-size1)";
  form.style.cssText = "border-left:.4em solid #CC79A7;padding:.3em 0 .3em .9em;line-height:2.1";
  form.setAttribute("role", "group");
  form.setAttribute("aria-label", "Attack console");
  shown.setAttribute("role", "status");
  const inputs = new Map();
  for (const [name, value] of Object.entries(model.get("values"))) {
    const label = document.createElement("label"), input = document.createElement("input");
    label.style.cssText = "display:block";
    const word = document.createElement("code");
    word.textContent = name;
    word.style.cssText = "display:inline-block;min-width:7em";
    Object.assign(input, { type: "text", value, spellcheck: false, autocomplete: "off" });
    input.style.cssText = "width:min(40em,60vw);font-family:var(--jp-code-font-family);font-size:inherit";
    label.append(word, input);
    form.append(label);
    inputs.set(name, input);
  }
  const send = document.createElement("button");
  Object.assign(send, { type: "button", textContent: "Send" });
  send.className = "jupyter-button";
  send.style.cssText = "width:auto;padding:0 1.2em;margin-right:1em";
  const pick = document.createElement("select");
  pick.setAttribute("aria-label", "Fill in a known attack");
  pick.style.cssText = "font:inherit;max-width:24em";
  pick.append(new Option("or fill in a known attack", ""));
  for (const [name, argument, value] of model.get("known"))
    pick.append(new Option(argument + ": " + name, JSON.stringify([argument, value])));
  pick.addEventListener("change", () => {
    if (!pick.value) return;
    const [argument, value] = JSON.parse(pick.value), plain = model.get("plain");
    for (const [name, input] of inputs) input.value = name === argument ? value : plain[name];
    pick.value = "";
    inputs.get(argument).focus();
  });
  form.append(send, pick);
  const press = () => {
    model.set("values", Object.fromEntries([...inputs].map(([name, input]) => [name, input.value])));
    model.set("sent", model.get("sent") + 1);
    model.save_changes();
  };
  send.addEventListener("click", press);
  form.addEventListener("keydown", event => {
    event.stopPropagation();
    if (event.key === "Enter" && event.target.tagName === "INPUT") press();
  });
  const draw = () => { shown.innerHTML = model.get("shown"); };
  model.on("change:shown", draw);
  draw();
  el.append(form, shown);
  return () => model.off("change:shown", draw);
}
export default { render };
"""


class AttackConsole(anywidget.AnyWidget):
    """A form with one field an argument; `known` fills it with attacks by name, `{argument: {name: value}}`."""

    _esm = _PAGE
    values = traitlets.Dict().tag(sync=True)
    plain = traitlets.Dict().tag(sync=True)
    known: Any = traitlets.List().tag(sync=True)
    sent = traitlets.Int(0).tag(sync=True)
    shown = traitlets.Unicode().tag(sync=True)

    def __init__(
        self,
        call: Callable[..., Any],
        open_connection: Callable[[], WatchedConnection],
        plain: Mapping[str, Any],
        first: Mapping[str, Any],
        known: Mapping[str, Mapping[str, str]] | None = None,
    ) -> None:
        self._call, self._open, self._plain = call, open_connection, dict(plain)
        self.before = try_values(call, open_connection, self._plain)
        self.trial = try_values(call, open_connection, {**self._plain, **first})
        super().__init__(
            values={name: str(value) for name, value in self.trial.arguments.items()},
            plain={name: str(value) for name, value in self._plain.items()},
            known=[[trick, name, value] for name, tricks in (known or {}).items() for trick, value in tricks.items()],
            shown=_page(self.before, self.trial, picture=_live_picture),
        )
        self._static = _page(self.before, self.trial, picture=_static_picture)
        self.observe(self._pressed, "sent")

    def attack(self, **values: Any) -> Trial:
        """The function called with these values in place of the plain ones; shown, and returned."""
        self.trial = try_values(self._call, self._open, {**self._plain, **values})
        self.shown = _page(self.before, self.trial, picture=_live_picture)
        return self.trial

    def _pressed(self, _change: Any) -> None:
        try:
            self.attack(**{name: self._typed(name, text) for name, text in self.values.items()})
        except Exception as error:  # noqa: BLE001  # whatever went wrong belongs on the page, not in a log
            self.shown = f"<p><strong>{escape(type(error).__name__)}</strong>: {escape(str(error))}</p>"

    def _typed(self, name: str, text: str) -> Any:
        """The plain value itself where its text was not touched, so that a number stays one."""
        return self._plain[name] if text == str(self._plain[name]) else text

    def __str__(self) -> str:
        parts = tree.compare_trees(*map(_sql, (self.before, self.trial)))
        plain = f"plain: {_sql(self.before)}"
        return "\n\n".join([plain, str(self.trial), tree.text(parts), tree.in_words(parts), *_first_rows(self.trial)])

    def __repr__(self) -> str:
        return str(self)

    def _repr_mimebundle_(self, **keywords: Any) -> Any:
        bundle: Any = super()._repr_mimebundle_(**keywords) or {}
        data, metadata = bundle if isinstance(bundle, tuple) else (bundle, {})
        return {**data, "text/plain": str(self), "text/html": self._static}, metadata


def _sql(trial: Trial) -> str:
    return trial.statements[-1].text if trial.statements else ""


def _first_rows(trial: Trial) -> list[str]:
    rows = trial.rows[:MOST_ROWS]
    more = len(trial.rows) - len(rows)
    return ["\n".join([*map(repr, rows), *([f"… and {more} more"] if more else [])])] if rows else []


def _page(before: Trial, trial: Trial, picture: Callable[[list[tree.Part]], str]) -> str:
    """The call as HTML: statement, structure, rows."""
    if not trial.statements:
        return f"<p><strong>No statement reached the database.</strong></p>{_came_back(trial)}"
    parts = tree.compare_trees(_sql(before), _sql(trial))
    statements = "".join(_statement(statement) for statement in trial.statements)
    if before.statements and before.arguments != trial.arguments:
        plain = ", ".join(f"{name} = {value!r}" for name, value in before.arguments.items())
        statements = f"<div>with {escape(plain)}:</div>{_statement(before.statements[-1])}<div>sent:</div>{statements}"
    return f"{statements}<p><strong>{escape(tree.in_words(parts))}</strong></p>{picture(parts)}{_came_back(trial)}"


def _statement(statement: Statement) -> str:
    """The statement with its values set off from what can act, and what was bound."""
    words = [
        f'<span style="{_STYLES[piece.kind]}">{escape(piece.text)}</span>'
        if piece.kind in _STYLES
        else escape(piece.text)
        for piece in pieces(statement.text)
    ]
    bound = f"<div>bound: <code>{escape(repr(statement.parameters))}</code></div>" if statement.parameters else ""
    style = "white-space: pre-wrap; overflow-wrap: anywhere; margin: 0.1em 0 0.5em"
    return f'<div style="{style}"><code>{"".join(words)}</code></div>{bound}'


_VALUE = "border-bottom: 2px solid #009E73"
_STYLES = {
    "string": _VALUE,
    "number": _VALUE,
    "blob": _VALUE,
    "parameter": "border: 1px solid #009E73; padding: 0 0.3em",
    "comment": "border-bottom: 2px dotted #D55E00",
}


def _live_picture(parts: list[tree.Part]) -> str:
    return f'<div style="overflow-x: auto">{tree.svg(parts)}</div>'


def _static_picture(parts: list[tree.Part]) -> str:
    encoded = base64.b64encode(tree.svg(parts, paper=True).encode()).decode()
    return f'<img alt="{escape(tree.text(parts))}" src="data:image/svg+xml;base64,{encoded}">'


def _came_back(trial: Trial) -> str:
    """The rows as a table, or the error, and what is gone from the database."""
    lost = "".join(f"<p><strong>{escape(change)}</strong></p>" for change in trial.written)
    if trial.raised:
        return f"<p>{escape(trial.raised)}</p>{lost}"
    rows, more = trial.rows[:MOST_ROWS], len(trial.rows) - MOST_ROWS
    cells = "".join(f"<tr>{''.join(f'<td>{escape(str(cell))}</td>' for cell in row)}</tr>" for row in rows)
    rest = f"<p>… and {more} more</p>" if more > 0 else ""
    table = f"<table>{cells}</table>" if rows else ""
    return f"<p>{len(trial.rows)} row{'s' * (len(trial.rows) != 1)} came back</p>{table}{rest}{lost}"
