"""Tokens: whose they are, and families of them that differ in little. A token is letters, digits, `-` and `_`."""

from __future__ import annotations

from collections.abc import Iterator


def token_of(user: str) -> str:
    """That person's token, as long as it has not been revoked."""
    return f"Tk_{user.encode().hex()}-x1"


_PARTS_AND_SPELLINGS = "ab-cd_12 Ab-cd_12 ab-cd_1 b-cd_12 ab-cd_12ab-cd_12 ab_cd-12 abcd12"
_WORDS = "Bearer BearerB B earer Basic Token None null 0 00 - _ -- __ 1e3"

ALIKE = {
    token: f"member-{number}"
    for number, token in enumerate([*_PARTS_AND_SPELLINGS.split(), *_WORDS.split(), "x" * 500])
}
"""Valid tokens, each of another member: parts, doubles and other spellings of one another, and words with a meaning."""


def unknown() -> Iterator[str]:
    """Tokens of nobody that are close to valid ones."""
    found: dict[str, None] = {}
    for token in _PARTS_AND_SPELLINGS.split():
        near = (token.upper(), token.lower(), token.swapcase(), f"{token}_", f"-{token}", token[1:])
        found |= dict.fromkeys(near)
        found |= dict.fromkeys((token.replace("-", ""), token.replace("_", "-"), token[::-1], f"Bearer{token}"))
    yield from (token for token in found if token and token not in ALIKE)
