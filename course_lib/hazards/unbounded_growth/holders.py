"""A picture of who holds an object: a chain of boxes from the object to the name that keeps it alive."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from html import escape

_WIDTH, _HEIGHT, _GAP = 420, 30, 26
_BOX, _KEPT = "#0072B2", "#D55E00"  # Okabe and Ito


@dataclass(frozen=True, repr=False)
class Holders:
    """The kept thing and its holders, nearest first; prints as a chain, shows as boxes."""

    thing: str
    chain: tuple[str, ...]

    def __repr__(self) -> str:
        return "\n".join(
            [self.thing, *(f"{'  ' * depth}is held by {link}" for depth, link in enumerate(self.chain, 1))]
        )

    def _repr_html_(self) -> str:
        picture = base64.b64encode(self.svg().encode()).decode()
        words = escape("; ".join([self.thing, *(f"held by {link}" for link in self.chain)]), quote=True)
        return f'<img alt="{words}" src="data:image/svg+xml;base64,{picture}" style="max-width:100%">'

    def svg(self) -> str:
        """The boxes on a ground of their own, so that they read the same on light and dark."""
        height = (len(self.chain) + 1) * (_HEIGHT + _GAP) - _GAP + 20
        boxes = [_box(0, self.thing, _KEPT), *(_box(at, link, _BOX) for at, link in enumerate(self.chain, 1))]
        arrows = [_arrow(at) for at in range(1, len(self.chain) + 1)]
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH + 20}" height="{height}" font-size="13" '
            f'font-family="system-ui, sans-serif"><rect width="100%" height="100%" fill="white"/>'
            f"{''.join(arrows)}{''.join(boxes)}</svg>"
        )


def _top(at: int) -> int:
    return 10 + at * (_HEIGHT + _GAP)


def _box(at: int, words: str, colour: str) -> str:
    top = _top(at)
    return (
        f'<rect x="10" y="{top}" width="{_WIDTH}" height="{_HEIGHT}" rx="5" fill="white" stroke="{colour}" '
        f'stroke-width="2"/>'
        f'<text x="{_WIDTH / 2 + 10}" y="{top + 20}" text-anchor="middle" fill="#222">{escape(words)}</text>'
    )


def _arrow(at: int) -> str:
    """From a holder up to what it holds."""
    x, below, above = _WIDTH / 2 + 10, _top(at), _top(at - 1) + _HEIGHT
    return (
        f'<path d="M{x} {below}V{above + 2}m-4 7l4-7l4 7" fill="none" stroke="#555" stroke-width="1.5"/>'
        f'<text x="{x + 12}" y="{(below + above) / 2 + 4}" fill="#555" font-size="11">refers to</text>'
    )
