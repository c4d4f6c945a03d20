"""The Markdown of hints as HTML: paragraphs, code in fences and in lines, bold, emphasis. All else stays as text."""

from __future__ import annotations

import re
from html import escape

_FENCE = re.compile(r"(?ms)^```\w*\n(.*?)^```$")
_SPANS = (
    (re.compile(r"\*\*(.+?)\*\*"), r"<strong>\1</strong>"),
    (re.compile(r"(?<![\w*])\*(?!\s)([^*]+?)\*(?![\w*])"), r"<em>\1</em>"),
)
_CODE = re.compile(r"(`[^`]+`)")


def html(markdown: str) -> str:
    """The text as HTML in which nothing of it can act."""
    prose_and_code = _FENCE.split(markdown)
    parts = [_paragraphs(part) if at % 2 == 0 else _code(part) for at, part in enumerate(prose_and_code)]
    return "".join(parts)


def _code(text: str) -> str:
    return f'<pre style="margin:.5em 0;white-space:pre-wrap">{escape(text.rstrip())}</pre>'


def _paragraphs(prose: str) -> str:
    return "".join(f'<p style="margin:.4em 0">{line(part)}</p>' for part in re.split(r"\n\s*\n", prose.strip()) if part)


def line(text: str) -> str:
    """One paragraph, without the mark of a paragraph."""
    return "".join(
        f"<code>{escape(part[1:-1])}</code>" if at % 2 else _spans(part) for at, part in enumerate(_CODE.split(text))
    )


def _spans(text: str) -> str:
    told = escape(" ".join(text.split("\n")))
    for pattern, put in _SPANS:
        told = pattern.sub(put, told)
    return told
