"""The attacker's whole equipment: one text field, one button. Sends GET requests to a Flask app as one person.

    console = RequestConsole(app, "102", {"Authorization": "Bearer token-102"}, "/api/users/102/data")
    console                                  # the field and the button, in a notebook
    console.send("/api/users/101/data")      # the same without a page
    print(console)                           # every request so far and what came back

`secrets` maps a text to the name of the person it belongs to: an answer that holds another's is marked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Any
from urllib.parse import unquote

import ipywidgets

from course_lib.instruments.access.requests import Request, ask
from course_lib.widgets.keys import Keys
from course_lib.widgets.page import VERMILION, LiveView, marked, table_html

FORM = "course-request-console"
_SHOWN = 140
_MOST_LINES = 12


@dataclass(frozen=True)
class Sent:
    """One request and its answer; `whose` names another person whose data came back, or is empty."""

    address: str
    status: int
    body: str
    whose: str

    def __str__(self) -> str:
        told = f"  <- data of {self.whose}" if self.whose else ""
        return f"GET {self.address}  {self.status}  {self.body}{told}"


class RequestConsole(LiveView):
    """One person, one app, and every request so far."""

    def __init__(
        self,
        app: Any,
        who: str,
        headers: Mapping[str, str],
        address: str,
        secrets: Mapping[str, str] | None = None,
    ) -> None:
        self._app, self._headers, self._secrets = app, dict(headers), dict(secrets or {})
        self.who, self.told = who, ""
        self.sent: list[Sent] = []
        self.address = ipywidgets.Text(address, description="GET", layout={"flex": "1 1 22em", "width": "auto"})
        self.button = ipywidgets.Button(description="Send", layout={"width": "auto"})
        self._shown = ipywidgets.HTML()
        self.address.on_msg(self._typed)
        self.button.on_click(lambda _button: self.send(self.address.value))
        bar = [ipywidgets.Label(f"Logged in as {who}"), self.address, self.button]
        self._console = ipywidgets.VBox(
            [ipywidgets.HBox(bar, layout={"flex_flow": "row wrap"}), self._shown, Keys(form=FORM, fresh=False)]
        )
        self._console.add_class(FORM)
        self._shown.add_class("jp-RenderedHTMLCommon")

    @property
    def by_hand(self) -> str:
        return f'Without a field: console.send("{self.address.value}") in a cell sends that address.'

    @property
    def widget(self) -> Any:
        return self._console

    def _typed(self, _field: Any, content: dict[str, Any], _buffers: Any) -> None:
        if content.get("event") == "submit":
            self.send(self.address.value)

    def send(self, address: str) -> Sent:
        """Sends one GET request and keeps it; what came back."""
        path, _, query = address.strip().partition("?")
        answer = ask(self._app, Request("GET", unquote(path), self._headers, query))
        body = " ".join(answer.body.decode("utf-8", "replace").split())
        whose = next((owner for text, owner in self._secrets.items() if answer.holds(text) and owner != self.who), "")
        found = Sent(address, answer.status, body if len(body) <= _SHOWN else f"{body[: _SHOWN - 3]}...", whose)
        self.sent.append(found)
        self.told = self._sentence(found)
        self.changed()
        self._shown.value = self._came_back()
        return found

    @property
    def collected(self) -> list[str]:
        """The other people whose data have come back so far, each once."""
        return list(dict.fromkeys(each.whose for each in self.sent if each.whose))

    def _sentence(self, found: Sent) -> str:
        count = len(self.collected)
        people = f"{count} other {'person' if count == 1 else 'people'}"
        return f"{found.status} for {found.address}. Collected so far: data of {people}."

    def _came_back(self) -> str:
        """The last sentence, and the last requests as a table."""
        left = "text-align:left;vertical-align:top;padding:2px 14px 2px 0"
        rows = [
            (f"<code>{escape(each.address)}</code>", str(each.status), f"<code>{escape(each.body)}</code>{_mark(each)}")
            for each in self.sent[-_MOST_LINES:]
        ]
        table = table_html(("GET", "status", "what came back"), rows, left) if rows else ""
        return f'<div role="status">{escape(self.told)}</div>{table}'

    def __str__(self) -> str:
        lines = [f"Logged in as {self.who}, at {self.address.value}", *map(str, self.sent)]
        return "\n".join([*lines, self.told] if self.sent else lines)

    def to_html(self) -> str:
        address = f"<code>GET {escape(self.address.value)}</code>"
        return f"<p>Logged in as {escape(self.who)}: {address}</p>{self._came_back()}"


def _mark(sent: Sent) -> str:
    return f" {marked('✗', f'data of {sent.whose}', VERMILION, 'double')}" if sent.whose else ""
