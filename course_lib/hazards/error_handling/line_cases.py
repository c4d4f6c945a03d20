"""The files that `import_orders` is given: what each line holds, and which list it belongs in.

"good" must be imported, "bad" rejected, "blank" skipped; "either" may be in one list or in the other. Drawn as
families: white space, line ends, numbers in every spelling, what lenient readers forgive, texts and keys, depth.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from course_lib.hazards import families

Kind = Literal["good", "bad", "blank", "either"]


@dataclass(frozen=True)
class Line:
    """One line, as a text or as a recipe (`before`, `piece`, `times`, `after`) for a text too long to send.

    `order` is the order as the probe tells of it, where reading the line anew would not give that.
    """

    kind: Kind
    recipe: str | dict[str, Any]
    order: dict[str, Any] | None = None

    @property
    def due(self) -> Any:
        """The order that a good line holds."""
        return json.loads(text_of(self)) if self.order is None else self.order


@dataclass(frozen=True)
class Case:
    """One file, its lines `times` over; `says` introduces it in feedback.

    Where it is read `again`, that is once its caller has changed every second order of a first result, and then all.
    """

    says: str
    lines: tuple[Line, ...]
    times: int = 1
    again: bool = False

    def to_plain(self) -> dict[str, Any]:
        """The file as the probe wants it."""
        return {"lines": [line.recipe for line in self.lines], "times": self.times, "again": self.again}

    @property
    def numbered(self) -> list[tuple[int, Line]]:
        """Each line with its number, counted from 1."""
        return list(enumerate(self.lines * self.times, start=1))


def text_of(line: Line) -> str:
    """The line itself."""
    recipe = line.recipe
    return recipe if isinstance(recipe, str) else recipe["before"] + recipe["piece"] * recipe["times"] + recipe["after"]


def _lines(kind: Kind, texts: Iterable[str]) -> tuple[Line, ...]:
    return tuple(Line(kind, text) for text in texts)


def _long(kind: Kind, before: str, piece: str, times: int, after: str, order: dict[str, Any] | None = None) -> Line:
    return Line(kind, {"before": before, "piece": piece, "times": times, "after": after}, order)


_PLAIN = Line("good", '{"id": 1, "quantity": 2}\n')
_HEADING, _CUT = Line("bad", "id,quantity\n"), Line("bad", '{"id": 3, "quan')
_LAST = Line("good", '{"id": 99, "quantity": 1, "note": "after it"}')
_ORDER = '{"id": 1, "quantity": 2}'

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
    '{"\\u0069d": 11, "quantit\\u0079": 1}\r',
    '{"ID": true, "id": 12, "Quantity": 0, "quantity": 1, "id ": null, "order": {"id": "x", "quantity": -1}}\n',
    '{"id": -0, "quantity": 1, "line": 3, "number": 4, "reason": "", "imported": [], "rejected": [[1, "no"]]}\n',
    '{"id": 13, "quantity": 1, "#": "# no comment", "url": "http://example.org // x", "list": "a, b,]"}\n',
    json.dumps({"id": 16, "quantity": 1, **{f"of {text}": text for text in families.texts_like_values()}}) + "\n",
    '{"id": 14,\r"quantity": 1}\n', '{\t"id": 15,\r\r"quantity": 1, "note": "lines that end in \\n alone"}\n',
])  # fmt: skip

_WHITE = [chr(number) for number in range(0x3001) if chr(number).isspace()]  # U+3000 is the last

_NOT_OBJECTS = _lines("bad", [
    "id,quantity\n", "{}\n", "[]\n", "null\n", "true\n", "7\n", '"id quantity"\n', '["id", "quantity"]\n',
    '[["id", 1], ["quantity", 2]]\n', f"[{_ORDER}]\n", f'{{"order": {_ORDER}}}\n', "\x00\n", json.dumps(_ORDER), "-\n",
    f"{' ' * 300}no order\n", f"no order{' ' * 300}\n", *(f"{one * 2}no order\n" for one in _WHITE if one != "\n"),
    *(f"{word}\n" for word in ("NaN", "Infinity", "-Infinity", "nan", "None", "True", "undefined", "NULL", "0", "''")),
    *(f"{mark}\n" for mark in (".", "...", "\x1a", "EOF", "END", "__END__")),  # by which some files end
])  # fmt: skip

# What is no JSON, although somebody's reader forgives it.
_FORGIVEN = _lines("bad", [
    '{"id": 1, "quantity": 2', '"id": 1, "quantity": 2}\n', "{'id': 1, 'quantity': 2}\n", "{id: 1, quantity: 2}\n",
    '{"id": 1, "quantity": 2,}\n', '{"id": 1,, "quantity": 2}\n', '{"id": 1 "quantity": 2}\n', '{"id"=1, "quantity"=2}',
    '{"id": 1; "quantity": 2}\n', '{"id": 1, "quantity": 2]\n', '{"id": 1, "quantity": 2, "x": [1,]}\n',
    '{"id": 1, "quantity": 2, "x": undefined}\n', '{"id": 1, "quantity": 2, "x": None}\n',
    '{"id": 1, "quantity": 2, "x": True}\n', '{"id": 1, "quantity": 2, "x": \'y\'}\n', f"{{{_ORDER}}}\n",
    f"{_ORDER},\n", f"{_ORDER};\n", f"{_ORDER}}}\n", f"({_ORDER})\n", f"order = {_ORDER}\n", f"data: {_ORDER}\n",
    f"{_ORDER}\x00\n", f"'{_ORDER}'\n", f"```{_ORDER}```\n", f",{_ORDER}\n",
    *(f"{mark}{_ORDER}\n" for mark in ("#", "# ", "//", "// ", "/* x */ ", ";", "-- ", "%", "<!-- -->")),
    *(f"{_ORDER}{mark} paid\n" for mark in ("#", " # ", " // ", " -- ")), "# 3 orders\n", "// the end\n", "/* */\n",
    *(f'{_ORDER}{between}{{"id": 3, "quantity": 4}}\n' for between in ("", " ", ",", ", ", ";", "\t", "  \t ", "|")),
])  # fmt: skip

# Orders over more than one line, and in a list of one order a line: each line is read by itself.
_BROKEN = (
    *_lines("bad", ('{"id": 1,\n', '"quantity": 2}\n', '{"id": 1, "quantity": 2\n', "}\n")),
    *_lines("bad", ("{\n", '"id": 1,\n', '"quantity": 2\n', "}\n", '{"id": 1, "quantity":\\\n', "2}\n", "[\n")),
    *_lines("good", (f"{_ORDER}\n",)),
    *_lines("bad", ("]\n", f"[{_ORDER}\n", ", \n", f"{_ORDER}]\n")),
)

_NO_INTEGERS = (
    "null", '"1"', '""', "true", "false", "[1]", "{}", "1.0", "2.5", "1.", ".5", "NaN", "Infinity", "-Infinity",
    "01", "00", "+1", "0x1", "0b1", "0o1", "1_000", "1,000", "1 0", "1L", "\u0661", "\uff11", "\u00bd", "- 1", "--1",
    "1.0e0", "10.0", "1e", "''", "1/1",
)  # fmt: skip
_TOO_SMALL = (*(str(number) for number in families.whole_numbers(most=0)), "-0", "-100000000000000000000000000000000")

_LONG = ("1" + "0" * 308, "9" * 4_000, "9" * 4_300)  # too large for a float; the longest that Python prints

_WRONG_FIELDS = _lines("bad", [
    '{"quantity": 2}\n', '{"id": 1}\n', '{"ID": 1, "Quantity": 2}\n', '{"id ": 1, "quantity": 2}\n',
    '{"id": 1, " quantity": 2}\n', '{"id": 1, "quantity": null, "Quantity": 2}\n', '{"\u0456d": 1, "quantity": 2}\n',
    *(f'{{"id": {value}, "quantity": 2}}\n' for value in _NO_INTEGERS),
    *(f'{{"id": 1, "quantity": {value}}}\n' for value in (*_NO_INTEGERS, *_TOO_SMALL, "-1e0", "-1.5", "0.0")),
    *(f'{{"id": {long}, "quantity": -{long}}}\n' for long in _LONG),  # nor does a reason that reckons with one
])  # fmt: skip

_NUMBERS = _lines("good", [
    *(f'{{"id": {number}, "quantity": 2}}\n' for number in families.whole_numbers()),
    *(f'{{"id": 1, "quantity": {number}}}\n' for number in families.whole_numbers(least=1)),
    *(f'{{"id": 1{zeros}, "quantity": 7{zeros}}}\n' for zeros in ("0" * 308, "0" * 4_000)),
])  # fmt: skip

_UNCLEAR = _lines("either", [
    '{"id": 1, "quantity": 2, "price": NaN}\n', '{"id": 1, "quantity": 2, "price": 1e999}\n',
    '{"id": 1, "id": 2, "quantity": 2}\n', '{"id": 1, "quantity": 0, "quantity": 2}\n',
    f"\ufeff{_ORDER}\n", '{"id": 1, "quantity": 2, "note": "a\tb"}\n', '{"id": 1, "quantity": 2, "n": "\ud800"}\n',
    *(f'{{"id": {value}, "quantity": 2}}\n' for value in ("1e0", "1E2", "10e-1", "-0e1", "1.5e1", "1e400")),
    *(f'{{"id": 1, "quantity": {value}}}\n' for value in ("2e0", "2E+1", "20e-1", "1.5e1", "1e400")),
    *(f"{one}{_ORDER}\n" for one in "\x0b\x0c\x1c\x85\u00a0\u2003\u2028\u3000\u200b"),
    *(f"{_ORDER}{one}" for one in "\x0b\x0c\x1e\x85\u00a0\u2009\u2029\u3000"),
])  # fmt: skip

_TYPOGRAPHY = (
    "\u201c\u201d\u2018\u2019\u00ab\u2013\u2014\u2011\u00ad\u2026\u200d\u2060\ufeff\uff1a\uff0c\uff02\ufb01\u2212"
)
_SEPARATORS = _lines("good", [
    '{"id": 1, "quantity": 2, "note": "one\u2028two\u2029three"}\n', '{"id": 2, "quantity": 2, "note": "one\x85two"}\n',
    '{"id": 3, "quantity": 2, "note": "one\x7ftwo"}\n', '{"id": 1, "quantity": 2, "n": "\\ud800"}\n',
    *(f'{{"id": 4, "quantity": 2, "note": "one{mark}two{mark}"}}\n' for mark in _TYPOGRAPHY),
])  # fmt: skip

_BLANK = _lines(
    "blank", [*(f"{one}\n" for one in _WHITE), *_WHITE, "", " \t \u00a0\u3000 \r\n", "\r", "\n\n", " \f \v "]
)


def _texts() -> list[Line]:
    """A note and a key of every kind, each written with escapes and without."""
    texts = families.texts(longest=300)
    notes = [{"id": turn, "quantity": 1, "note": text, text + "!": [text]} for turn, text in enumerate(texts)]
    written = dict.fromkeys(json.dumps(note, ensure_ascii=escaped) for note in notes for escaped in (True, False))
    return [Line("good", f"{text}\n") for text in written]


def _mixed() -> tuple[Line, ...]:
    bad = Line("bad", "not an order\n")
    blank = _lines("blank", ["\n", "", "   \n", "\t\r\n", "\r\n", " "])
    return (blank[0], _PLAIN, *blank[1:3], bad, blank[3], _PLAIN, bad, *blank[4:], bad, _LAST)


def _between(*lines: Line) -> tuple[Line, ...]:
    return (_PLAIN, *lines, _LAST)


def _in_twos() -> tuple[Line, ...]:
    """Lines that are in no other file, each twice in a row, with something to change at every depth."""
    nested = '{"id": 70002, "quantity": 1, "tags": ["a", ["b"], {"c": []}], "to": {"at": {}}}\n'
    orders = [text for text in ('{"id": 70001, "quantity": 2}\n', nested) for _ in range(2)]
    return (*_lines("good", orders), *_lines("bad", ("{}\n", "{}\n")))


def _noted(piece: str, times: int) -> Line:
    """A good order with a long text in it."""
    return _long("good", '{"id": 1, "quantity": 1, "note": "', piece, times, '"}\n')


def _nested(kind: Kind, depth: int) -> tuple[Line, Line]:
    """An order in which a list, or an object, is nested so deep; the probe tells of such a nest by its depth."""
    list_of = {"id": 1, "quantity": 1, "a": {"levels": depth, "kinds": ["list"], "innermost": 0}}
    object_of = {"id": 1, "quantity": 1, "a": {"levels": depth, "kinds": ["dict"], "innermost": 0}}
    return (
        _long(kind, '{"id": 1, "quantity": 1, "a": ' + "[" * depth + "0", "]", depth, "}\n", list_of),
        _long(kind, '{"id": 1, "quantity": 1, "a": ' + '{"": ' * depth + "0", "}", depth, "}\n", object_of),
    )


CASES = (
    Case("in a file of 3 good orders", (_PLAIN, Line("good", '{"id": 2, "quantity": 5}\n'), _LAST)),
    Case("in an empty file", ()),
    Case("in a file of good orders with other fields, large numbers and spaces", _GOOD),
    Case("in a file with blank lines between", _mixed()),
    Case("in a file with lines of white space of every kind", _between(*_BLANK, Line("bad", "no order\n"))),
    Case("in a file of blank lines alone", _BLANK),
    Case("in a file of lines that are no order at all", _between(*_NOT_OBJECTS)),
    Case("in a file of lines that are almost JSON", _between(*_FORGIVEN)),
    Case("in a file of orders broken over lines", _between(*_BROKEN)),
    Case("in a file of orders with missing and wrong fields", _between(*_WRONG_FIELDS)),
    Case("in a file of orders with numbers of every size", _NUMBERS),
    Case("in a file of one bad order", (Line("bad", '{"id": 5, "quantity": "2"}'),)),
    Case("in a file with texts of every kind", _between(*_texts())),
    Case("in a file with unusual characters in texts", _between(*_SEPARATORS)),
    Case("in a file with half a character pair", _between(Line("bad", "\ud800\n"), Line("bad", "\u200b\n"))),
    Case("in a file of lines on which JSON readers differ", _between(*_UNCLEAR)),
    Case("in a file that was read before, and whose orders the caller then changed", _in_twos(), again=True),
    Case("in a file with a heading, and cut at its end", (_HEADING, _PLAIN, _PLAIN, _CUT)),
    Case("in a file of 2,000 lines", (_PLAIN, Line("blank", "\n"), *[Line("bad", "{}\n")] * 3), times=400),
    Case("in a file with notes of 20,000 and 1,500,000 letters", _between(_noted("x", 20_000), _noted("x", 1_500_000))),
    Case("in a file with 200 brackets in a note", _between(_noted("[", 200), _noted("{", 200), _noted("]}", 200))),
    *(Case(f"in a file with an order nested {depth} deep", _between(*_nested("good", depth))) for depth in (200, 600)),
    *(Case(f"in a file with an order nested {depth:,} deep", _between(*_nested("either", depth)))
      for depth in (900, 1500, 9000)),  # up to 9,000 some versions of Python read, and none descends by itself
    Case("in a file with a list nested 100,000 deep", _between(_long("bad", "[", "[", 100_000, "\n"))),
    Case("in a file with a closed list nested 100,000 deep", _between(_long("bad", "[" * 100_000, "]", 100_000, "\n"))),
    Case("in a file with an object nested 50,000 deep", _between(_long("bad", "", '{"a":', 50_000, "\n"))),
    Case("in a file with an order that holds a list 100,000 deep",
         _between(_long("either", '{"id": 1, "quantity": 1, "a": ' + "[" * 100_000, "]", 100_000, "}\n"))),
    *(Case(f"in a file with a list nested {depth} deep", _between(_long("bad", "[" * depth, "]", depth, "\n")))
      for depth in (300, 900, 980, 2000)),
    Case("in a file with an order whose id has 3,000 digits",
         _between(_long("good", '{"quantity": 1, "id": 1', "0", 2999, "}\n"))),
    Case("in a file with an order whose id has 5,000 digits",
         _between(_long("either", '{"quantity": 1, "id": 1', "0", 5000, "}\n"))),
    Case("in a file with an order whose quantity has 5,000 digits",
         _between(_long("either", '{"id": 1, "quantity": 1', "0", 5000, "}\n"))),
    Case("in a file with a negative quantity of 5,000 digits",
         _between(_long("bad", '{"id": 1, "quantity": -1', "0", 5000, "}\n"))),
    Case("in a file with a line that is a number of 5,000 digits", _between(_long("bad", "1", "0", 5000, "\n"))),
    Case("in a file with a line of 300,000 letters", _between(_long("bad", "", "x", 300_000, "\n"))),
)  # fmt: skip
