"""A picture of who holds an object: a chain of boxes from the object to the name that keeps it alive."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from course_lib.widgets.page import BLUE, INK, VERMILION, View, legible, picture, stored

_WIDTH, _HEIGHT, _GAP = 420, 30, 26


@dataclass(frozen=True, repr=False)
class Holders(View):
    """The kept thing and its holders, nearest first; prints as a chain, shows as boxes."""

    thing: str
    chain: tuple[str, ...]

    def __str__(self) -> str:
        return "\n".join(
            [self.thing, *(f"{'  ' * depth}is held by {link}" for depth, link in enumerate(self.chain, 1))]
        )

    def to_html(self) -> str:
        words = "; ".join([self.thing, *(f"held by {link}" for link in self.chain)])
        boxes = [_box(0, self.thing, VERMILION), *(_box(at, link, BLUE) for at, link in enumerate(self.chain, 1))]
        arrows = [_arrow(at) for at in range(1, len(self.chain) + 1)]
        height = _top(len(self.chain)) + _HEIGHT + 10
        return stored(picture(_WIDTH + 20, height, words, [*arrows, *boxes], "font-size:13px"), words)


def _top(at: int) -> int:
    return 10 + at * (_HEIGHT + _GAP)


def _box(at: int, words: str, colour: str) -> str:
    top = _top(at)
    return (
        f'<rect x="10" y="{top}" width="{_WIDTH}" height="{_HEIGHT}" rx="5" fill="none" stroke="{legible(colour)}" '
        f'stroke-width="2"/>'
        f'<text x="{_WIDTH / 2 + 10}" y="{top + 20}" text-anchor="middle">{escape(words)}</text>'
    )


def _arrow(at: int) -> str:
    """From a holder up to what it holds."""
    x, below, above = _WIDTH / 2 + 10, _top(at), _top(at - 1) + _HEIGHT
    return (
        f'<path d="M{x} {below}V{above + 2}m-4 7l4-7l4 7" fill="none" stroke="{INK}" stroke-width="1.5"/>'
        f'<text x="{x + 12}" y="{(below + above) / 2 + 4}" font-size="11" opacity="0.8">refers to</text>'
    )
