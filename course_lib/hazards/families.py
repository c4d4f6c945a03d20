"""Families of values: what one case chosen by hand always lacks, made in one place and in a fixed order.

A program that is right for one text is often wrong for its neighbour: another letter case, a blank at the end, an
accent in its other Unicode form, a text that begins with another. So a grader draws the whole family for every
argument that its contract names, and leaves out what the contract leaves open.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

LONG = 10_000
SAME_CHECKSUM = (
    ("plumless@x.org", "buckeroo@x.org"),  # CRC-32
    ("u120@x.org", "u201@x.org"),  # Adler-32
    ("u195@x.org", "u4140@x.org"),  # CRC of 16 bits
    ("u703041@x.org", "u4090000@x.org"),  # 31 times the sum so far, and the next byte
    ("u100300@x.org", "u1163036@x.org"),  # 33 times, beginning at 5381
    ("u31992@x.org", "u605430@x.org"),  # FNV-1a
    ("u13874@x.org", "u56260@x.org"),  # the first 32 bits of MD5
    ("u29401@x.org", "u38598@x.org"),  # the last
    ("u156248@x.org", "u166965@x.org"),  # of SHA-1
    ("u6469@x.org", "u17610@x.org"),
    ("u99444@x.org", "u121539@x.org"),  # of SHA-256
    ("u28606@x.org", "u121884@x.org"),
)
"""Pairs of texts with one checksum of 32 bits or fewer: who keeps the checksum alone takes one for the other."""
SEPARATORS = ",;:/|\\'\"`.-_+=&?#%@$*()[]{}<>~^! \t\n"


def texts(word: str = "Ana", longest: int = LONG) -> list[str]:
    """Texts around a word of two letters or more, each once; no NUL and no lone surrogate, `longest` at most."""
    return [*dict.fromkeys(text for text in _texts(word, longest) if len(text) <= longest)]


def _texts(word: str, longest: int) -> Iterator[str]:
    yield from (word, "")
    yield from (word.lower(), word.upper(), word.swapcase(), word.title())
    yield from (f" {word}", f"{word} ", f" {word} ", f"{word[0]} {word[1:]}", f"\t{word}", f"{word}\n", " ", "  ")
    yield from (word[:-1], word[1:], word * 2, word[::-1], f"{word}{word[-1]}", f"{word}0", f"0{word}")
    yield from accented(word)
    yield from ("0", "1", "-1", "007", "1.0", "1e3", "٣", "½", "True", "None", "null", "nan", "[]", "{}")
    yield from (f"{word[0]}{one}{word[1:]}" for one in SEPARATORS)
    beyond_ascii = ("東京", "\U0001f9ea", "ß", "İ", "\u00a0", "\u200b")
    yield from (f"{word}{one}" for one in beyond_ascii)
    yield from (f"{word}.png", f"{word}@example.org")
    yield from (word + "x" * 255, word + "x" * 254 + "y", word[0] + "y" * 2 + "x" * 255, word * (longest // len(word)))


def signed(word: str) -> list[str]:
    """The word with a sign at an end or at both, which a forgiving reader takes away."""
    ends = [f"{word}{sign}" for sign in ".,;:-_!"]
    return [*ends, f".{word}", f"@{word}", f"#{word}", f"_{word}", f"({word})", f"'{word}'", f'"{word}"', f"<{word}>"]


def texts_like_values() -> list[str]:
    """Texts that a helpful reader takes for dates, numbers, flags or escapes and turns into them."""
    dates = ("2026-01-31", "20260131", "31/01/2026", "2026-01-31T10:30:00Z", "2026-01-31 10:30:00+01:00", "10:30")
    numbers = ("7", "-7", "1,50", "1.50", "1_000", "0x1f", "1e5", "12.50 €", "50%", "Infinity", "NaN")
    flags = ("true", "false", "yes", "no", "on", "off", "null", "N/A")
    return [*dates, *numbers, *flags, "&amp;", "%20", "\\n", "\\u00e9", "YQ==", "{}", "[1]", "$HOME", "<b>"]


def accented(word: str) -> tuple[str, str]:
    """The word with an accent on its last letter, composed and decomposed: two texts that look the same."""
    decomposed = f"{word}e\u0301"
    return unicodedata.normalize("NFC", decomposed), decomposed


def whole_numbers(least: int = -(2**63), most: int = 2**63 - 1) -> list[int]:
    """0, small ones of both signs, and the powers of two and ten with their neighbours, between the two bounds."""
    powers = [2**exponent for exponent in (7, 8, 15, 16, 31, 32, 53, 63)] + [10**exponent for exponent in (1, 2, 3, 6)]
    near = (power + step for power in powers for step in (-1, 0, 1))
    found = dict.fromkeys(sign * number for number in (0, 1, 2, 3, 7, *near) for sign in (1, -1))
    return [number for number in found if least <= number <= most]


def fractions() -> list[float]:
    """Floats that are not whole and need all their digits: beside the next cent, the next tenth, the next float."""
    near = (0.1 + 0.2, 0.3, 2.675, 2.67, 2.68, 12.341, 12.344, 99.999, 2 / 3, 0.5, 1234567.891, 0.0625, 1e15 + 0.25)
    return [sign * number for number in (*near, 1e-7, 5e-324, 2.5e-300) for sign in (1, -1)]


def look_alikes(value: Any) -> list[Any]:
    """Values of other types that are equal to a number, or print like it: 1 has True, 1.0, "1" and b"1"."""
    alike: list[Any] = [kind(value) for kind in (bool, int, float) if kind(value) == value]
    others = [one for one in alike if type(one) is not type(value)]
    return [*others, str(value), str(value).encode(), [value], (value,), {value: value}]


def sequences(items: Sequence[Any]) -> list[list[Any]]:
    """Lists made of three or more distinct items: empty, one, all; repeated near and far; turned round; sorted."""
    few = list(items)
    ordered = sorted(few, key=repr)
    return [
        [],
        few[:1],
        few[:2],
        few,
        few[::-1],
        ordered,
        ordered[::-1],
        [few[0], few[0]],
        [*few, few[0]],
        [few[-1], *few],
        [one for one in few for _ in range(2)],
        few * 2,
        [few[0]] * 40,
    ]


HANDED_OVER: dict[str, Callable[[Iterable[Any]], Iterable[Any]]] = {
    "a list": list,
    "a tuple": tuple,
    "an iterator": lambda items: iter(list(items)),
    "a generator": lambda items: (one for one in list(items)),
    "the values of a dict": lambda items: dict(enumerate(items)).values(),
}  # the ways in which an iterable argument may come; a probe makes it by its name


def changed(value: Any) -> None:
    """Changes a returned list, dict or set in place, as a caller may, and everything changeable within it.

    However deep it is, and where it holds itself.
    """
    todo, met = [value], dict[int, Any]()
    while todo:
        part = todo.pop()
        if id(part) not in met:
            met[id(part)] = part
            todo += list(part.values()) if isinstance(part, dict) else list(part) if _holds_parts(part) else []
            _changed_itself(part)


def _changed_itself(value: Any) -> None:
    if isinstance(value, list):
        value.append("changed by the caller")
    elif isinstance(value, dict):
        value["changed by the caller"] = True
    elif isinstance(value, set):
        value.add("changed by the caller")


def _holds_parts(value: Any) -> bool:
    return isinstance(value, list | tuple)
