"""Tokens: whose they are, and families of them that differ in little. A token is letters, digits, `-` and `_`."""

from __future__ import annotations

import base64
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


def encoded(token: str) -> Iterator[str]:
    """What gives the token to code that decodes it first; of some forms the first sign alone, of others each."""
    for form in ("%{:02x}", "&#{};", "\\x{:02x}", "={:02X}"):
        yield form.format(ord(token[0])) + token[1:]
    yield "".join(f"%{ord(sign):02X}" for sign in token)
    if "-" in token:
        yield token.replace("-", "%2D")
    yield base64.b64encode(token.encode()).decode()
    yield base64.b64encode(token.encode()).decode().rstrip("=")
    yield token.encode().hex()


def unknown() -> Iterator[str]:
    """Tokens of nobody that are close to valid ones."""
    found: dict[str, None] = {}
    for token in _PARTS_AND_SPELLINGS.split():
        near = (token.upper(), token.lower(), token.swapcase(), f"{token}_", f"-{token}", token[1:])
        found |= dict.fromkeys(near)
        found |= dict.fromkeys((token.replace("-", ""), token.replace("_", "-"), token[::-1], f"Bearer{token}"))
    yield from (token for token in found if token and token not in ALIKE)


def all_encoded() -> Iterator[str]:
    """What stands for a valid token once it is decoded, and is none as it comes."""
    yield from dict.fromkeys(sent for token in _PARTS_AND_SPELLINGS.split() for sent in encoded(token))
