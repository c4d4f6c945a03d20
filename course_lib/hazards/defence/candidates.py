"""The candidates that an acceptance test is tried on: right answers as they lie in `uploads`, and those with one broken
promise, made from them by `uploads/broken.diff`.

A block of changed lines must stand in its base exactly once, so that a changed base never makes a candidate mean
something else in silence. What crosses to the child has neither docstring nor comments.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import cache
from itertools import zip_longest
from pathlib import Path

PROMISES = ("whole", "large", "limit", "format", "name", "together", "fault")
UPLOADS = Path(__file__).with_name("uploads")
ENTRY, BETWEEN = "\n## ", "\n@@\n"


@dataclass(frozen=True)
class Candidate:
    """One answer to the request; `breaks` is the promise that it breaks, "" where it keeps all."""

    name: str
    breaks: str
    source: str


@cache
def candidates() -> tuple[Candidate, ...]:
    """All of them, the promises taking turns, so that the first few show something of each."""
    every = _all()
    groups = [[one for one in every if one.breaks == promise] for promise in ("", *PROMISES)]
    return tuple(one for turn in zip_longest(*groups) for one in turn if one is not None)


def _all() -> list[Candidate]:
    bases = {path.stem: path.read_text("utf-8") for path in sorted(UPLOADS.glob("[!_]*.py"))}
    right = [Candidate(name, "", _bare(source)) for name, source in bases.items()]
    return right + [_broken(entry, bases) for entry in (UPLOADS / "broken.diff").read_text("utf-8").split(ENTRY)[1:]]


def _broken(entry: str, bases: dict[str, str]) -> Candidate:
    title, _, changes = entry.partition("\n")
    name, base = title.split(" of ")
    return Candidate(name, name.partition("__")[0], _bare(changed(bases[base], changes.rstrip("\n"), name)))


def changed(base: str, changes: str, name: str) -> str:
    """The base with each block of the diff's lines put in; ValueError where one does not fit."""
    for block in changes.split(BETWEEN):
        marked = [(line[:1], line[1:]) for line in block.split("\n")]
        old = "".join(f"{text}\n" for mark, text in marked if mark != "+")
        new = "".join(f"{text}\n" for mark, text in marked if mark != "-")
        if (found := f"\n{base}".count(f"\n{old}")) != 1:
            raise ValueError(f"{name}: these lines stand {found} times in its base\n{old}")
        base = f"\n{base}".replace(f"\n{old}", f"\n{new}")[1:]
    return base


def _bare(source: str) -> str:
    """The program without the sentence on what it is."""
    tree = ast.parse(source)
    tree.body = tree.body[1:]
    return ast.unparse(tree)
