"""How a view gets into a notebook: words that are complete, HTML that says the same, a widget where a page is alive.

    class Holders(View):
        def __str__(self) -> str: ...      # all there is
        def to_html(self) -> str: ...      # the same, to look at

A picture is SVG. A live one lies in the page and takes the colour of the text around it. A stored one is an image,
because JupyterLab takes SVG out of a notebook that comes from somewhere else, and leaves its letters in a heap. It
follows the theme as well, where the page may say which it is; elsewhere it is dark on white.

What is alive is stored twice, one output after the other: as it stood last, for where no kernel and no widget is, and
the widget itself. JupyterLab shows the first where the second is gone, and the second alone where it lives.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

# Okabe and Ito's palette, without the yellow that vanishes on white: colour-blind readers tell them apart.
BLUE, VERMILION, GREEN, PINK, SKY, ORANGE = "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00"
GREY = "#999999"
SERIES = (BLUE, VERMILION, GREEN, PINK, SKY, ORANGE)

INK = "currentColor"
GROUND = "var(--jp-layout-color0, transparent)"
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"

_OWN_GROUND = (
    "<style>svg{color:#222;background:#fff;--jp-layout-color0:#fff}"
    "@media(prefers-color-scheme:dark){svg{color:#e0e0e0;background:#111;--jp-layout-color0:#111}}</style>"
)
# What stands in for a widget gives way to the one that lives; where it is gone, the words in its place give way.
_GIVES_WAY = (
    "<style>.jp-OutputArea-child:has(.course-stand-in):has(+ .jp-OutputArea-child > .lm-Panel > .lm-Widget),"
    ".jp-OutputArea-child:has(.course-static) ~ .jp-OutputArea-child:has(> .jp-OutputArea-output.jupyter-widgets)"
    "{display:none}</style>"
)
_FOLLOWS_THE_THEME = (
    '<style>[data-jp-theme-light="false"] .course-picture,.vscode-dark .course-picture{color-scheme:dark}</style>'
)


class View:
    """Something to look at; a subclass gives its words (`__str__`), its HTML, and a `widget` where a part is alive."""

    @property
    def widget(self) -> Any:
        """What is alive where there is a kernel and a page; None where all of it can be stored."""
        return None

    def to_html(self) -> str:
        """What is shown where no widget can live; it holds every word of the text."""
        raise NotImplementedError

    def __repr__(self) -> str:
        return str(self)

    def static_bundle(self) -> dict[str, Any]:
        """The view as it stands now, with nothing in it that needs a kernel."""
        return {"text/plain": str(self), "text/html": self.to_html()}

    def _repr_mimebundle_(self, **_asked: Any) -> dict[str, Any]:
        widget = self.widget
        if widget is None:
            return self.static_bundle()
        alive: Any = widget._repr_mimebundle_() or {}
        data = alive[0] if isinstance(alive, tuple) else alive
        return {**self.static_bundle(), WIDGET_VIEW: data[WIDGET_VIEW]}


class LiveView(View):
    """A view with a part that is alive; `changed` stores how it stands, for when that part is gone."""

    @property
    def by_hand(self) -> str:
        """The sentence that says how a cell does what the living part does; empty where there is nothing to do."""
        return ""

    def _ipython_display_(self) -> None:
        from IPython.display import display

        standing_in = display(self.stand_in(), raw=True, display_id=True)  # type: ignore[no-untyped-call]  # IPython has no types
        self.__dict__.setdefault("_standing_in", []).append(standing_in)
        display({WIDGET_VIEW: self._repr_mimebundle_()[WIDGET_VIEW]}, raw=True)  # type: ignore[no-untyped-call]  # the same

    def changed(self) -> None:
        """Puts what is to be seen without a kernel in place of what was.

        It comes before the widget's own change: what is seen on the page then lies in the notebook already, and whoever
        saves at once keeps it.
        """
        for shown in self.__dict__.get("_standing_in", ()):
            shown.update(self.stand_in(), raw=True)

    def stand_in(self) -> dict[str, Any]:
        """The view as it stands, on a page that shows it only where nothing is alive; and how a cell goes on there."""
        bundle = self.static_bundle()
        words = "\n".join(filter(None, [bundle["text/plain"], self.by_hand]))
        html = bundle["text/html"] + (f"<p>{escape(self.by_hand)}</p>" if self.by_hand else "")
        return {"text/plain": words, "text/html": kept(html, "course-stand-in")}


def kept(html: str, more: str = "") -> str:
    """HTML that stays on the page when the widgets after it are gone, and hides the words in their place."""
    return f'{_GIVES_WAY}<div class="{" ".join(filter(None, ["course-static", more]))}">{html}</div>'


def legible(colour: str) -> str:
    """The colour mixed with that of the text around it: darker on a light ground, lighter on a dark one."""
    return f"color-mix(in srgb, {colour} 75%, currentColor)"


def faint(colour: str) -> str:
    """The colour thin enough to write upon, laid over whatever ground the theme has."""
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgba({red}, {green}, {blue}, 0.18)"


def picture(width: float, height: float, words: str, parts: Iterable[str], style: str = "") -> str:
    """An SVG of that size, as wide as the page at most; `words` say what it shows to those who can't see it."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}" height="{height:g}" '
        f'viewBox="0 0 {width:g} {height:g}" role="img" aria-label="{escape(words)}" fill="{INK}" '
        f'font-family="system-ui, sans-serif" font-size="12" style="max-width:100%;height:auto;{style}">'
        f"{''.join(parts)}</svg>"
    )


def stored(svg: str, words: str) -> str:
    """That picture as an image with a ground of its own, to be kept in a notebook; `words` are its alternative."""
    head, closing, rest = svg.partition(">")
    encoded = base64.b64encode(f"{head}{closing}{_OWN_GROUND}{rest}".encode()).decode()
    source = f'src="data:image/svg+xml;base64,{encoded}" style="max-width:100%"'
    return f'{_FOLLOWS_THE_THEME}<img class="course-picture" alt="{escape(words)}" {source}>'


def table_html(head: Sequence[object], rows: Iterable[Sequence[str]], cell: str = "text-align:left") -> str:
    """An HTML table; the head's cells are text, those of the rows are HTML. Without a head, rows alone."""
    heads = "".join(f'<th scope="col" style="{cell}">{escape(str(name))}</th>' for name in head)
    lines = "".join("<tr>" + "".join(f'<td style="{cell}">{each}</td>' for each in row) + "</tr>" for row in rows)
    top = f"<thead><tr>{heads}</tr></thead>" if head else ""
    return f'<table style="margin:0">{top}<tbody>{lines}</tbody></table>'


def marked(mark: str, words: str, colour: str, border: str) -> str:
    """A word in a cell that is told by its mark, by its border and by its colour."""
    style = (
        f"background-color: {faint(colour)}; border-left: 4px {border} {colour}; padding: 1px 6px; white-space: nowrap"
    )
    return f'<span style="{style}">{escape(f"{mark} {words}")}</span>'
