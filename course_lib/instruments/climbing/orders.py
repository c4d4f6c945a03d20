"""Gives the child of a climb its order, and reads what it reports."""

from __future__ import annotations

import json
import linecache
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any


def order_for(function: Callable[..., Any], limited: str, **rest: Any) -> dict[str, Any]:
    """What the child needs to run the whole cell or file that defines the function, under a limit of that kind."""
    source = "".join(linecache.getlines(function.__code__.co_filename))
    return {"limited": limited, "source": source, "name": function.__name__, **rest}


def reports(order: dict[str, Any]) -> Iterator[list[Any]]:
    """The child's lines: how far it has come, then figures; the last one how far it came, then two sentences.

    The first is how it ended, the second which limit the system does not have; each is empty where there is nothing.

    A child that is killed says no last word: then the line is made up here.
    """
    told: list[Any] = [0]
    with _child() as child:
        assert child.stdin is not None and child.stdout is not None
        child.stdin.write(json.dumps(order) + "\n")
        child.stdin.flush()
        for line in child.stdout:
            told = json.loads(line)
            yield told
    if not isinstance(told[-1], str):
        yield [told[0], "the child ended without a word", ""]


def _child() -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-P", str(Path(__file__).with_name("child.py"))],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        encoding="utf-8",
    )
