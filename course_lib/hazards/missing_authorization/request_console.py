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

import anywidget
import traitlets

from course_lib.instruments.access.requests import Request, ask

_SHOWN = 140

_PAGE = """
function render({ model, el }) {
  el.style.cssText = "color:var(--jp-ui-font-color1);font-size:var(--jp-content-font-size1);line-height:1.6";
  const bar = document.createElement("div");
  bar.style.cssText = "display:flex;flex-wrap:wrap;gap:.5em;align-items:center;padding:.5em .7em;"
    + "border:1px solid var(--jp-border-color1,#888);border-radius:4px";
  bar.innerHTML = `<span class="who" style="white-space:nowrap"></span>
    <label style="display:flex;flex:1 1 22em;gap:.4em;align-items:center"><code>GET</code>
    <input class="address" type="text" spellcheck="false" autocomplete="off" aria-label="Address"
      style="flex:1;min-width:14em;font-family:var(--jp-code-font-family,monospace);font-size:inherit;color:inherit;
      padding:.2em .4em;background:var(--jp-layout-color0,transparent);border:1px solid var(--jp-border-color1,#888)">
    </label>
    <button class="send jupyter-button" style="width:auto;padding:0 1.2em">Send</button>`;
  const told = document.createElement("div");
  told.setAttribute("role", "status");
  told.style.cssText = "min-height:1.6em;margin:.4em 0";
  const table = document.createElement("div");
  el.append(bar, told, table);
  const input = bar.querySelector(".address");
  bar.querySelector(".who").textContent = "Logged in as " + model.get("who");
  input.value = model.get("address");
  const send = () => {
    model.set("address", input.value);
    model.set("pressed", model.get("pressed") + 1);
    model.save_changes();
  };
  bar.querySelector(".send").addEventListener("click", send);
  input.addEventListener("keydown", event => {
    event.stopPropagation();
    if (event.key === "Enter") send();
  });
  const draw = () => { told.textContent = model.get("told"); table.innerHTML = model.get("table"); };
  model.on("change:table", draw);
  draw();
  return () => model.off("change:table", draw);
}
export default { render };
"""


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


class RequestConsole(anywidget.AnyWidget):
    """One person, one app, and every request so far."""

    _esm = _PAGE
    who = traitlets.Unicode().tag(sync=True)
    address = traitlets.Unicode().tag(sync=True)
    pressed = traitlets.Int(0).tag(sync=True)
    told = traitlets.Unicode().tag(sync=True)
    table = traitlets.Unicode().tag(sync=True)

    def __init__(
        self,
        app: Any,
        who: str,
        headers: Mapping[str, str],
        address: str,
        secrets: Mapping[str, str] | None = None,
    ) -> None:
        self._app, self._headers, self._secrets = app, dict(headers), dict(secrets or {})
        self.sent: list[Sent] = []
        super().__init__(who=who, address=address)
        self.observe(lambda _change: self.send(self.address), "pressed")

    def send(self, address: str) -> Sent:
        """Sends one GET request and keeps it; what came back."""
        path, _, query = address.strip().partition("?")
        answer = ask(self._app, Request("GET", unquote(path), self._headers, query))
        body = " ".join(answer.body.decode("utf-8", "replace").split())
        whose = next((owner for text, owner in self._secrets.items() if answer.holds(text) and owner != self.who), "")
        found = Sent(address, answer.status, body if len(body) <= _SHOWN else f"{body[: _SHOWN - 3]}...", whose)
        self.sent.append(found)
        self.told = self._sentence(found)
        self.table = self._html_table()
        return found

    @property
    def collected(self) -> list[str]:
        """The other people whose data have come back so far, each once."""
        return list(dict.fromkeys(each.whose for each in self.sent if each.whose))

    def _sentence(self, found: Sent) -> str:
        count = len(self.collected)
        people = f"{count} other {'person' if count == 1 else 'people'}"
        return f"{found.status} for {found.address}. Collected so far: data of {people}."

    def _html_table(self) -> str:
        left = 'style="text-align:left;vertical-align:top;padding:2px 14px 2px 0"'
        heads = "".join(f'<th scope="col" {left}>{name}</th>' for name in ("GET", "status", "what came back"))
        lines = "".join(
            f"<tr><td {left}><code>{escape(each.address)}</code></td><td {left}>{each.status}</td>"
            f"<td {left}><code>{escape(each.body)}</code>{_mark(each.whose)}</td></tr>"
            for each in self.sent[-12:]
        )
        return f"<table><thead><tr>{heads}</tr></thead><tbody>{lines}</tbody></table>" if self.sent else ""

    def __str__(self) -> str:
        lines = [f"Logged in as {self.who}, at {self.address}", *map(str, self.sent)]
        return "\n".join([*lines, self.told] if self.sent else lines)

    def __repr__(self) -> str:
        return str(self)

    def _repr_mimebundle_(self, **keywords: Any) -> Any:
        bundle: Any = super()._repr_mimebundle_(**keywords) or {}
        data, metadata = bundle if isinstance(bundle, tuple) else (bundle, {})
        static = f"<p>Logged in as {escape(self.who)}: <code>GET {escape(self.address)}</code> [Send]</p>"
        return {**data, "text/plain": str(self), "text/html": static + self._html_table()}, metadata


def _mark(whose: str) -> str:
    if not whose:
        return ""
    style = (
        "background-color:rgba(213,94,0,.18);border-left:4px double rgb(213,94,0);padding:1px 6px;white-space:nowrap"
    )
    return f' <span style="{style}">\u2717 data of {escape(whose)}</span>'
