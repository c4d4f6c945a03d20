"""`make peers`: asks other tools about the course's own code, and says where the answers differ from those stored.

    python -m tests.peers [--write]

With `--write` the answers are stored, and the table in the README and in lesson 9 is made anew. Exit status 0 where all
is as stored, 1 where something differs, 3 where a tool could not be had.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import Any

from tests.peers.asking import READERS, RUNNERS, install, measure, versions, wanted
from tests.peers.programs import programs
from tests.peers.table import STORED, documents, in_words, stored, with_table

FROM_ELSEWHERE = ("pylint", "django-zeal")


def main(arguments: list[str]) -> int:
    lacking = install()
    tools = [tool for tool in (*READERS, *RUNNERS) if not (lacking and tool in FROM_ELSEWHERE)]
    said = {name: one.to_plain() for name, one in measure(programs(), tools).items()}
    told = {"versions": versions(), "said": _with_what_is_stored(said) if lacking else said}
    print(in_words(told))
    if lacking:
        print(f"\n{lacking}.")
    drifted = list(_drift(told))
    if "--write" in arguments and not lacking:
        STORED.write_text(f"{json.dumps(told, indent=1, ensure_ascii=False)}\n", "utf-8")
        for path in documents():
            path.write_text(with_table(path, in_words(told)), "utf-8")
    elif drifted:
        print("\nNot as stored (`make peers ARGS=--write` stores it and makes the tables anew):", *drifted, sep="\n  ")
    return 3 if lacking else int(bool(drifted) and "--write" not in arguments)


def _with_what_is_stored(said: dict[str, Any]) -> dict[str, Any]:
    """What was measured, and for the tools that are lacking what is stored."""
    before = stored()["said"]
    for name, one in said.items():
        old = before.get(name, {"found": {}, "spoke": []})
        one["found"] |= {tool: old["found"].get(tool) for tool in wanted()}
        one["spoke"] += [tool for tool in old["spoke"] if tool in wanted()]
    return said


def _drift(told: dict[str, Any]) -> Iterator[str]:
    """A line for each version and each answer that is not the stored one, and for each table that is another."""
    before = stored()
    for tool, version in told["versions"].items():
        if (old := before["versions"].get(tool)) != version:
            yield f"{tool} is {version}, and {old or 'nothing'} is stored"
    for name, one in told["said"].items():
        old = before["said"].get(name, {"found": {}})
        if old.get("of") != one["of"]:
            yield f"{name} is another program than the one that was asked about"
        for tool, rules in one["found"].items():
            if old["found"].get(tool) != rules:
                yield f"{name}: {tool} says {rules}, and {old['found'].get(tool)} is stored"
    for path in documents():
        if path.read_text("utf-8") != with_table(path, in_words(told)):
            yield f"{path.name} holds another table"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
