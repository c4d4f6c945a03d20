"""What a piece of code is made of, as words that a rule can ask for: names, keywords of syntax, words in its texts.

`with`, `finally`, `raise`, `del`, `while`, `modulo`, `dict`, `dict-in-call`, `f-string` and `comprehension` stand for
syntax, `'word'` for a word in a text, `'?'` and `':name'` for a placeholder in one; what is imported counts where it is
used. It tells shapes apart and judges nothing: a name says what somebody meant.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

_SYNTAX: dict[type[ast.AST], str] = {
    ast.With: "with",
    ast.AsyncWith: "with",
    ast.Raise: "raise",
    ast.Delete: "del",
    ast.Dict: "dict",
    ast.DictComp: "dict",
    ast.comprehension: "comprehension",
    ast.While: "while",
    ast.JoinedStr: "f-string",
}


def features(source: str) -> frozenset[str]:
    """All that the source is made of; nothing where Python can't read it."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return frozenset()
    said = _docstrings(tree)
    return frozenset(word for node in ast.walk(tree) if id(node) not in said for word in _words(node))


def _docstrings(tree: ast.AST) -> set[int]:
    """The texts that stand by themselves, which are no part of what the code does."""
    alone = (node.value for node in ast.walk(tree) if isinstance(node, ast.Expr))
    return {id(value) for value in alone if isinstance(value, ast.Constant)}


def _words(node: ast.AST) -> Iterator[str]:
    if type(node) in _SYNTAX:
        yield _SYNTAX[type(node)]
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name) | ast.keyword(arg=str(name)):
            yield name
        case ast.Try(finalbody=[_, *_]):
            yield "finally"
        case ast.BinOp(op=ast.Mod(), left=left) if not isinstance(left, ast.Constant | ast.JoinedStr):
            yield "modulo"
        case ast.Call(args=given) if any(isinstance(one, ast.Dict) for one in given):
            yield "dict-in-call"
        case ast.Constant(value=str(text)):
            yield from (f"'{word}'" for word in re.findall(r"[a-z_]+|\?", text.lower()))
            if re.search(r"[=<>(, ]:[a-z_]", text):
                yield "':name'"


def holds(rule: str, found: frozenset[str]) -> bool:
    """Whether a rule holds: each of its words is found, of `a|b` one, of `!a` none."""
    return all(
        word[1:] not in found if word.startswith("!") else not found.isdisjoint(word.split("|"))
        for word in rule.split()
    )
