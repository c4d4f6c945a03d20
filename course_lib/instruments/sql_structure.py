"""The structure of an SQL statement: what is left of it when every value in it is blanked out.

A statement is cut into tokens by SQLite's rules (quotes double inside quotes, comments run to the end of the
line or to `*/`, an unclosed quote is no token at all). Literals and placeholders become `?`, so that
`status = 'paid'`, `status = 'open'` and `status = ?` have one structure, and `status = 'x' OR 1=1 --'` has
another. Comments stay visible: a comment that a value brought along is a change of structure too.

What it can't see: whether the statement is valid, and what PostgreSQL or MySQL would make of the same text.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from itertools import islice
from typing import NamedTuple

_TOKEN = re.compile(
    r"""
    (?P<space>[ \t\n\f\r]+)
    |(?P<comment>--[^\n]*|/\*.*?(?:\*/|\Z))
    |(?P<string>'(?:[^']++|'')*+')
    |(?P<quoted>"(?:[^"]++|"")*+"|`(?:[^`]++|``)*+`|\[[^\]]*\])
    |(?P<blob>[xX]'(?:[0-9a-fA-F]{2})*')
    |(?P<number>0[xX][0-9a-fA-F]+|(?:[0-9][0-9_]*\.?[0-9_]*|\.[0-9][0-9_]*)(?:[eE][+-]?[0-9]+)?)
    |(?P<parameter>\?[0-9]*|[:@$\#][A-Za-z0-9_$\x80-\U0010ffff]+)
    |(?P<word>[A-Za-z_\x80-\U0010ffff][A-Za-z0-9_$\x80-\U0010ffff]*)
    |(?P<operator>::|\|\||->>|->|==|!=|<>|<=|>=|<<|>>|[-+*/%=<>&|~,.;()])
    |(?P<broken>.)
    """,
    re.VERBOSE | re.DOTALL,
)
VALUES = frozenset({"string", "blob", "number", "parameter"})
_OPERAND_ENDS = frozenset({"string", "blob", "number", "parameter", "quoted"})
_BEFORE_AN_OPERAND = re.compile(
    r"select|where|and|or|not|in|is|like|between|when|then|else|case|on|having|by|limit|offset", re.IGNORECASE
)


class Token(NamedTuple):
    """One token: its kind (a group name of the pattern above) and its text as written."""

    kind: str
    text: str


def tokens(sql: str, kind: str = "") -> list[Token]:
    """The tokens in order, without white space, or those of one kind; `broken` is what SQLite would refuse to read."""
    return [piece for piece in pieces(sql) if (piece.kind == kind if kind else piece.kind != "space")]


def pieces(sql: str) -> list[Token]:
    """The whole statement cut into tokens and white space (kind `space`); joined, they are the statement."""
    return [Token(match.lastgroup or "broken", match.group()) for match in _TOKEN.finditer(sql)]


def structure(sql: str) -> tuple[str, ...]:
    """The statement's tokens in lower case, every value as `?`: equal where only values differ."""
    read = tokens(sql)
    return tuple(_normal(token) for place, token in enumerate(read) if not is_sign(read, place))


def _normal(token: Token) -> str:
    if token.kind in VALUES:
        return "?"
    if token.kind == "comment":
        return "-- comment"
    return token.text.lower()


def is_sign(read: list[Token], place: int) -> bool:
    """Whether the token is the sign of the next number: `-5` is one value, the minus in `a - 5` is not."""
    if read[place].text not in ("-", "+") or place + 1 == len(read) or read[place + 1].kind != "number":
        return False
    before = read[place - 1] if place else Token("operator", "(")
    if before.kind == "word":
        return _BEFORE_AN_OPERAND.fullmatch(before.text) is not None
    return before.kind not in _OPERAND_ENDS and before.text != ")"


def outside_values(sql: str) -> str:
    """The statement with every value and quoted name blanked: what is left can act. Comments and broken quotes stay."""
    return " ".join("?" if token.kind in VALUES or token.kind == "quoted" else token.text for token in tokens(sql))


def added(before: str, after: str) -> tuple[str, ...]:
    """The parts of the structure of `after` that the structure of `before` lacks, in order."""
    old, new = structure(before), structure(after)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    differences = [code for code in matcher.get_opcodes() if code[0] != "equal"]
    return tuple(part for _, _, _, start, end in differences for part in new[start:end])


def first_texts(sql: str, count: int) -> list[str]:
    """The texts of the first few tokens in capitals, comments left out; what comes after them is not read."""
    read = (match for match in _TOKEN.finditer(sql) if match.lastgroup not in ("space", "comment"))
    return [match.group().upper() for match in islice(read, count)]
