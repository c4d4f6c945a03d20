"""An attack console: type a value, see the statement it became, what it did to its structure, and the rows it fetched.

    AttackConsole(get_user_orders, open_shop, {"user_id": 7, "status": "paid"}, {"status": "x' OR 1=1 --"})

The first values are the harmless ones that everything is compared with, the second those shown at the start; `columns`
is what the code takes the cells of a row for. Each press of Send calls the function once more, on a fresh database, in
this kernel; a statement that runs away is interrupted. `print(console)` gives the last call in words; where no widget
can live, the call that was shown is a picture.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import Any

import ipywidgets

from course_lib.hazards.sql_injection import statement_tree as tree
from course_lib.instruments.injection.statements import Statement, WatchedConnection
from course_lib.instruments.injection.trials import Trial, try_values
from course_lib.instruments.sql_structure import pieces
from course_lib.widgets.keys import Keys
from course_lib.widgets.page import GREEN, PINK, VERMILION, LiveView, stored, table_html

MOST_ROWS = 6
FORM = "course-attack-console"


class AttackConsole(LiveView):
    """A form with one field an argument; `known` fills it with attacks by name, `{argument: {name: value}}`."""

    def __init__(
        self,
        call: Callable[..., Any],
        open_connection: Callable[[], WatchedConnection],
        plain: Mapping[str, Any],
        first: Mapping[str, Any],
        known: Mapping[str, Mapping[str, str]] | None = None,
        columns: Sequence[str] = (),
    ) -> None:
        self._call, self._open, self._plain, self._columns = call, open_connection, dict(plain), tuple(columns)
        self.before = try_values(call, open_connection, self._plain)
        self.trial = try_values(call, open_connection, {**self._plain, **first})
        self.fields = {name: _field(name, value) for name, value in self.trial.arguments.items()}
        self.button = ipywidgets.Button(description="Send", layout={"width": "auto"})
        self.known = ipywidgets.Dropdown(options=_choices(known or {}), description="or a known attack:")
        self._shown = ipywidgets.HTML(self._page())
        self._connect()
        self._console = self._laid_out()

    def _connect(self) -> None:
        self.button.on_click(self._pressed)
        self.known.observe(self._fill_in, "value")
        for field in self.fields.values():
            field.on_msg(self._typed)

    def _laid_out(self) -> Any:
        """The fields, the button beside the known attacks, and what became of the last call."""
        self.known.style.description_width = "initial"
        self.known.layout.width = "28em"
        self._shown.add_class("jp-RenderedHTMLCommon")
        form = ipywidgets.VBox(
            [*self.fields.values(), ipywidgets.HBox([self.button, self.known], layout={"flex_flow": "row wrap"})],
            layout={"border_left": f"5px solid {PINK}", "padding": "2px 0 2px 12px"},
        )
        console = ipywidgets.VBox([form, self._shown, Keys(form=FORM, fresh=False)])
        console.add_class(FORM)
        return console

    @property
    def by_hand(self) -> str:
        return f"Without a form: console.attack({', '.join(f'{name}=…' for name in self.fields)}) in a cell sends it."

    @property
    def widget(self) -> Any:
        return self._console

    def attack(self, **values: Any) -> Trial:
        """The function called with these values in place of the plain ones; shown, and returned."""
        self.trial = try_values(self._call, self._open, {**self._plain, **values})
        self.changed()
        self._shown.value = self._page()
        return self.trial

    def _typed(self, _field: Any, content: dict[str, Any], _buffers: Any) -> None:
        if content.get("event") == "submit":
            self._pressed(None)

    def _pressed(self, _button: Any) -> None:
        try:
            self.attack(**{name: self._meant(name, field.value) for name, field in self.fields.items()})
        except Exception as error:  # noqa: BLE001  # whatever went wrong belongs on the page, not in a log
            self._shown.value = f"<p><strong>{escape(type(error).__name__)}</strong>: {escape(str(error))}</p>"

    def _meant(self, name: str, text: str) -> Any:
        """The plain value itself where its text was not touched, so that a number stays one."""
        return self._plain[name] if text == str(self._plain[name]) else text

    def _fill_in(self, change: Any) -> None:
        """Writes the attack that was chosen into its field and the plain values into the others; sends nothing."""
        if change["new"] is None:
            return
        argument, attack = change["new"]
        for name, field in self.fields.items():
            field.value = attack if name == argument else str(self._plain[name])

    def __str__(self) -> str:
        parts = tree.compare_trees(*map(_sql, (self.before, self.trial)))
        plain = f"plain: {_sql(self.before)}"
        return "\n\n".join([plain, str(self.trial), tree.text(parts), tree.in_words(parts), *_first_rows(self.trial)])

    def to_html(self) -> str:
        return self._page(lambda parts: stored(tree.svg(parts), tree.text(parts)))

    def _page(self, picture: Callable[[list[tree.Part]], str] = tree.svg) -> str:
        """The last call as HTML: statement, structure, rows."""
        if not self.trial.statements:
            return f"<p><strong>No statement reached the database.</strong></p>{self._came_back()}"
        parts = tree.compare_trees(_sql(self.before), _sql(self.trial))
        told = f"<p><strong>{escape(tree.in_words(parts))}</strong></p>"
        drawn = f'<div style="overflow-x: auto">{picture(parts)}</div>'
        return f"{self._statements()}{told}{drawn}{self._came_back()}"

    def _statements(self) -> str:
        sent = "".join(map(_statement, self.trial.statements))
        if not self.before.statements or self.before.arguments == self.trial.arguments:
            return sent
        plain = ", ".join(f"{name} = {value!r}" for name, value in self.before.arguments.items())
        return f"<div>with {escape(plain)}:</div>{_statement(self.before.statements[-1])}<div>sent:</div>{sent}"

    def _came_back(self) -> str:
        """The rows as a table, or the error, and what is gone from the database."""
        trial = self.trial
        lost = "".join(f"<p><strong>{escape(change)}</strong></p>" for change in trial.written)
        if trial.raised:
            return f"<p>{escape(trial.raised)}</p>{lost}"
        rows, more = trial.rows[:MOST_ROWS], len(trial.rows) - MOST_ROWS
        rest = f"<p>… and {more} more</p>" if more > 0 else ""
        head = self._columns if all(len(row) == len(self._columns) for row in rows) else ()
        table = table_html(head, [[escape(str(cell)) for cell in row] for row in rows]) if rows else ""
        return f"<p>{len(trial.rows)} row{'s' * (len(trial.rows) != 1)} came back</p>{table}{rest}{lost}"


def _field(name: str, value: Any) -> Any:
    """The field of one argument."""
    return ipywidgets.Text(str(value), description=name, layout={"width": "min(46em, 95%)"})


def _choices(known: Mapping[str, Mapping[str, str]]) -> list[tuple[str, tuple[str, str] | None]]:
    """What can be filled in: (what the list shows, (argument, value)); at first nothing."""
    attacks = [(f"{name}: {trick}", (name, value)) for name, tricks in known.items() for trick, value in tricks.items()]
    return [("choose one to fill it in", None), *attacks]


def _sql(trial: Trial) -> str:
    return trial.statements[-1].text if trial.statements else ""


def _first_rows(trial: Trial) -> list[str]:
    rows = trial.rows[:MOST_ROWS]
    more = len(trial.rows) - len(rows)
    return ["\n".join([*map(repr, rows), *([f"… and {more} more"] if more else [])])] if rows else []


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


_VALUE = f"border-bottom: 2px solid {GREEN}"
_STYLES = {
    "string": _VALUE,
    "number": _VALUE,
    "blob": _VALUE,
    "parameter": f"border: 1px solid {GREEN}; padding: 0 0.3em",
    "comment": f"border-bottom: 2px dotted {VERMILION}",
}
