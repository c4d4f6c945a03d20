"""Text that others wrote, as it may be shown: on a terminal, in a page, in a table."""

from __future__ import annotations


def legible(text: str, kept: str = "") -> str:
    """The text with what a terminal would obey written out; `kept` are control characters that stay."""
    if text.isprintable():
        return text
    return "".join(one if one.isprintable() or one in kept else ascii(one)[1:-1] for one in text)
