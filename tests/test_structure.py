"""What code is made of, and rules that ask for it."""

from __future__ import annotations

import pytest

from course_lib.structure import features, holds


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("with open(path) as file: file.write(text)", {"with", "open", "write", "file", "path", "text"}),
        ("async def f():\n    async with x: pass", {"with", "x"}),
        ("try: a\nfinally: b", {"finally", "a", "b"}),
        ("deque(maxlen=capacity)", {"deque", "maxlen", "capacity"}),
        ("import httpx", set()),
        ('"with docs of like"\nx = 1', {"x"}),
        ("i % n", {"modulo", "i", "n"}),
        ("'%s' % n", {"'s'", "n"}),
        ("e('a = ? AND b LIKE ?')", {"e", "'a'", "'?'", "'and'", "'b'", "'like'"}),
        ("e('a = :a')", {"e", "'a'", "':name'"}),
        ("e(':memory:')", {"e", "'memory'"}),
        ("d.setdefault(k, {})", {"d", "k", "setdefault", "dict", "dict-in-call"}),
        ("def (", set()),
    ],
)
def test_features(source: str, words: set[str]) -> None:
    assert features(source) == words


@pytest.mark.parametrize(
    ("rule", "holding"),
    [("a", True), ("a b", True), ("a c", False), ("c|a", True), ("a !b", False), ("a !c", True), ("!a", False)],
)
def test_rules(rule: str, holding: bool) -> None:
    assert holds(rule, frozenset({"a", "b"})) is holding
