"""What is known about rewritten source: its places, its lines, and the code that came of it."""

from __future__ import annotations

import collections
import sysconfig
from types import CodeType
from typing import NamedTuple


class Site(NamedTuple):
    """One place in the source."""

    filename: str
    line: int
    column: int
    end_column: int
    text: str
    function: str


STANDARD = tuple(
    {sysconfig.get_path("stdlib"), sysconfig.get_path("platstdlib"), collections.__file__.rsplit("/", 2)[0]}
)

sites: list[Site] = []
sources: dict[str, list[str]] = {}
known_code: set[CodeType] = set()


def remember(code: CodeType) -> None:
    """Notes `code` and the functions in it as rewritten."""
    known_code.add(code)
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            remember(constant)
