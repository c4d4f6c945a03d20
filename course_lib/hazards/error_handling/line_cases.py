"""The files that `import_orders` is given: what each line holds, and which list it belongs in.

"good" must be imported, "bad" rejected, "blank" skipped; "either" may be in one list or in the other.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal["good", "bad", "blank", "either"]


@dataclass(frozen=True)
class Line:
    """One line, as a text or as a recipe (`before`, `piece`, `times`, `after`) for a text too long to send."""

    kind: Kind
    recipe: str | dict[str, Any]


@dataclass(frozen=True)
class Case:
    """One file; `says` introduces it in feedback."""

    says: str
    lines: tuple[Line, ...]

    @property
    def numbered(self) -> list[tuple[int, Line]]:
        """Each line with its number, counted from 1."""
        return list(enumerate(self.lines, start=1))


def text_of(line: Line) -> str:
    """The line itself."""
    recipe = line.recipe
    return recipe if isinstance(recipe, str) else recipe["before"] + recipe["piece"] * recipe["times"] + recipe["after"]


def _lines(kind: Kind, texts: Iterable[str]) -> list[Line]:
    return [Line(kind, text) for text in texts]


def _long(kind: Kind, before: str, piece: str, times: int, after: str) -> Line:
    return Line(kind, {"before": before, "piece": piece, "times": times, "after": after})


_PLAIN = Line("good", '{"id": 1, "quantity": 2}\n')
_LAST = Line("good", '{"id": 99, "quantity": 1, "note": "after it"}')

_GOOD = _lines("good", [
    '{"id": 7, "quantity": 1}',
    '{"quantity": 3, "id": 8}\n',
    '{"id": 9, "quantity": 1000000000000000000000000, "note": "gift"}\r\n',
    '{"id": 0, "quantity": 1}\n',
    '{"id": -4, "quantity": 5, "error": null, "tags": ["a", {"b": [true, false, null]}]}\n',
    '  {"id" : 123456789012345678901234567890 ,\t"quantity" : 6}  \n',
    '{"id": 7, "quantity": 1}\n',
    '{"id": 5, "quantity": 1, "price": 2.0, "share": 0.0625, "debt": -0.0, "tons": 1e3, "parts": [1, 1.0, true, 0]}\n',
    '{"id": 10, "quantity": 1, "note": "Zo\\u00eb \\ud83d\\ude00 {\\"id\\": 3}\\n", "": 0}\n',
])  # fmt: skip

_NOT_OBJECTS = _lines("bad", [
    "id,quantity\n", '{"id": 1, "quantity": 2', "{'id': 1, 'quantity': 2}\n", '{"id": 1, "quantity": 2,}\n',
    '{"id": 1, "quantity": 2} # paid\n', '{"id": 1, "quantity": 2}{"id": 3, "quantity": 4}\n', "{}\n", "[]\n", "null\n",
    "true\n", "7\n", '"id quantity"\n', '["id", "quantity"]\n', '[["id", 1], ["quantity", 2]]\n',
    '[{"id": 1, "quantity": 2}]\n', '{"order": {"id": 1, "quantity": 2}}\n', '{"id": 01, "quantity": 2}\n', "\x00\n",
])  # fmt: skip

_WRONG_FIELDS = _lines("bad", [
    '{"quantity": 2}\n', '{"id": 1}\n', '{"ID": 1, "Quantity": 2}\n',
    *(f'{{"id": {value}, "quantity": 2}}\n' for value in (
        "null", '"1"', "1.0", "true", "false", "[1]", "{}", "1.5", "NaN",
    )),
    *(f'{{"id": 1, "quantity": {value}}}\n' for value in (
        "0", "-1", "null", '"2"', "1.0", "2.5", "true", "false", "[2]", "{}", '""', "NaN", "Infinity",
        "-100000000000000000000000000000000",
    )),
])  # fmt: skip

_UNCLEAR = _lines("either", [
    '{"id": 1, "quantity": 2, "price": NaN}\n', '{"id": 1, "id": 2, "quantity": 2}\n', '{"id": 1e0, "quantity": 2}\n',
    '{"id": 1, "quantity": 2e0}\n', '\ufeff{"id": 1, "quantity": 2}\n', '{"id": 1, "quantity": 2, "note": "a\tb"}\n',
])  # fmt: skip

_SEPARATORS = _lines("good", [
    '{"id": 1, "quantity": 2, "note": "one\u2028two\u2029three"}\n', '{"id": 2, "quantity": 2, "note": "one\x85two"}\n',
    '{"id": 3, "quantity": 2, "note": "one\x7ftwo"}\n',
])  # fmt: skip


def _mixed() -> tuple[Line, ...]:
    bad = Line("bad", "not an order\n")
    blank = _lines("blank", ["\n", "", "   \n", "\t\r\n", "\r\n", " "])
    return (blank[0], _PLAIN, *blank[1:3], bad, blank[3], _PLAIN, bad, *blank[4:], bad, _LAST)


def _between(*lines: Line) -> tuple[Line, ...]:
    return (_PLAIN, *lines, _LAST)


CASES = (
    Case("in a file of 3 good orders", (_PLAIN, Line("good", '{"id": 2, "quantity": 5}\n'), _LAST)),
    Case("in an empty file", ()),
    Case("in a file of good orders with other fields, large numbers and spaces", tuple(_GOOD)),
    Case("in a file with blank lines between", _mixed()),
    Case("in a file of lines that are no order at all", _between(*_NOT_OBJECTS)),
    Case("in a file of orders with missing and wrong fields", _between(*_WRONG_FIELDS)),
    Case("in a file of one bad order", (Line("bad", '{"id": 5, "quantity": "2"}'),)),
    Case("in a file with unusual characters in texts", _between(*_SEPARATORS)),
    Case("in a file with half a character pair", _between(Line("good", '{"id": 1, "quantity": 2, "n": "\\ud800"}\n'))),
    Case("in a file of lines on which JSON readers differ", _between(*_UNCLEAR)),
    Case("in a file with a list nested 100,000 deep", _between(_long("bad", "[", "[", 100_000, "\n"))),
    Case("in a file with a closed list nested 100,000 deep", _between(_long("bad", "[" * 100_000, "]", 100_000, "\n"))),
    Case("in a file with an object nested 50,000 deep", _between(_long("bad", "", '{"a":', 50_000, "\n"))),
    Case("in a file with an order that holds a list 100,000 deep",
         _between(_long("either", '{"id": 1, "quantity": 1, "a": ' + "[" * 100_000, "]", 100_000, "}\n"))),
    *(Case(f"in a file with a list nested {depth} deep", _between(_long("bad", "[" * depth, "]", depth, "\n")))
      for depth in (300, 900, 980, 2000)),
    Case("in a file with an order whose id has 5,000 digits",
         _between(_long("either", '{"quantity": 1, "id": 1', "0", 5000, "}\n"))),
    Case("in a file with an order whose quantity has 5,000 digits",
         _between(_long("either", '{"id": 1, "quantity": 1', "0", 5000, "}\n"))),
    Case("in a file with a negative quantity of 5,000 digits",
         _between(_long("bad", '{"id": 1, "quantity": -1', "0", 5000, "}\n"))),
    Case("in a file with a line that is a number of 5,000 digits", _between(_long("bad", "1", "0", 5000, "\n"))),
    Case("in a file with a line of 300,000 letters", _between(_long("bad", "", "x", 300_000, "\n"))),
)  # fmt: skip
