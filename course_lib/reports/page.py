"""The frame of a report's pages: each one file that needs nothing else, light and dark, and good to print.

Whatever others wrote is shown as text: escaped, and control characters written out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from course_lib.reports.legible import legible

STYLE = """
:root { color-scheme: light dark; --line: #8886; --good: #0072b2; --bad: #d55e00; --open: #999; --soft: #8882; }
* { box-sizing: border-box; }
body { font: 15px/1.5 system-ui, sans-serif; max-width: 72rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
h1 { font-size: 1.6rem; margin: 0 0 .25rem; }
h2 { font-size: 1.15rem; margin: 2.25rem 0 .5rem; border-bottom: 1px solid var(--line); padding-bottom: .25rem; }
h3 { font-size: 1rem; margin: 1.25rem 0 .25rem; }
h4 { font-size: .95rem; margin: .75rem 0 .25rem; }
p { margin: .35rem 0; max-width: 48rem; }
.quiet { opacity: .75; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; margin: .5rem 0; font-variant-numeric: tabular-nums; }
th, td { padding: .2rem .6rem; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
th { font-weight: 600; }
td.figure, th.figure { text-align: right; }
.first { border-left: 4px solid var(--bad); padding: .1rem 0 .1rem .8rem; margin: .75rem 0; }
ul { margin: .25rem 0; padding-left: 1.25rem; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; font-size: 12.5px; line-height: 1.4; margin: 0; }
summary { cursor: pointer; }
code { font-size: .93em; overflow-wrap: anywhere; }
@media print {
  body { font-size: 10.5pt; max-width: none; padding: 0; } a { color: inherit; text-decoration: none; }
  h2, h3 { break-after: avoid; } tr, .first { break-inside: avoid; } .wide { overflow: visible; }
}
"""


def page(title: str, body: Iterable[str], style: str = "") -> str:
    """The whole page; `style` is what its own parts need besides."""
    head = (
        f'<meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>{text(title)}</title><style>{STYLE}{style}</style>"
    )
    return f'<!doctype html>\n<html lang="en"><head>{head}</head><body>\n{chr(10).join(body)}\n</body></html>\n'


def text(words: str) -> str:
    """The words as they may stand in a page."""
    return escape(legible(words, "\n\t"))


def table(head: Sequence[str], rows: Iterable[Sequence[str]], kind: str = "", figures: Iterable[int] = ()) -> str:
    """A table of HTML cells; `figures` are the columns that stand to the right; an empty head is none."""
    right = frozenset(figures)

    def line(cells: Sequence[str], tag: str) -> str:
        marked = (f"<{tag}{' class=figure' if at in right else ''}>{one}</{tag}>" for at, one in enumerate(cells))
        return f"<tr>{''.join(marked)}</tr>"

    body = "\n".join(line(row, "td") for row in rows)
    top = f"<thead>{line(head, 'th')}</thead>" if head else ""
    return f'<div class="wide"><table class="{kind}">{top}<tbody>{body}</tbody></table></div>'


def listed(items: Iterable[str]) -> str:
    """A list of HTML items."""
    return f"<ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>"
