"""What every grader says and asks in the same way: equality, an exception in words, a value in words, a count.

Graders see plain data only (numbers, texts, bytes, None, and lists, tuples, dicts and sets of them), so equality here
can be exact: `1`, `True` and `1.0` are three values, at any depth, and in the keys of a dict as well.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields, is_dataclass
from typing import Any, TypeVar

from course_lib.reading import Check, figure, skipped

_SIMPLE = frozenset({int, str, bool, bytes, type(None)})  # whose values have no parts
_TEXT = frozenset({str})

Wrong = TypeVar("Wrong")
LONGEST = 70  # characters of a value that a sentence quotes


def same(value: Any, expected: Any) -> bool:
    """Equal all the way down and of the same types; nan is the same as nan, and 0.0 is not -0.0."""
    kind = type(expected)
    if value is expected:
        return True
    if type(value) is not kind:
        return False
    if kind in _SIMPLE:
        return bool(value == expected)
    if kind in (list, tuple):
        if len(value) != len(expected):
            return False
        kinds = list(map(type, expected))
        if _SIMPLE.issuperset(kinds) and kinds == list(map(type, value)):
            return bool(value == expected)
        return all(map(same, value, expected))
    if kind is dict:
        return len(value) == len(expected) and _same_items(value, expected)
    if kind in (set, frozenset):
        return set(map(_exact, value)) == set(map(_exact, expected))
    if kind is float:
        return repr(value) == repr(expected)
    if is_dataclass(expected):
        return all(same(getattr(value, one.name), getattr(expected, one.name)) for one in fields(expected))
    return bool(value == expected)


def _same_items(value: dict[Any, Any], expected: dict[Any, Any]) -> bool:
    if _TEXT.issuperset(map(type, value)) and _TEXT.issuperset(map(type, expected)):
        return all(key in value and same(value[key], item) for key, item in expected.items())
    found = {_exact(key): item for key, item in value.items()}
    missing = object()
    return all(same(found.get(_exact(key), missing), item) for key, item in expected.items())


def _exact(key: Any) -> Any:
    """Stands for a hashable value; equal only to what stands for the same value of the same type."""
    kind = type(key)
    if kind is tuple:
        return (kind, *map(_exact, key))
    if kind is frozenset:
        return (kind, frozenset(map(_exact, key)))
    return (kind, repr(key) if kind is float else key)


def raised(outcome: dict[str, Any]) -> str:
    """What a call raised: the exception, its message where it has one, and the line of the submission where known."""
    message = f": {outcome['message']}" if outcome["message"] else ""
    where = f" in line {outcome['line']}" if outcome["line"] else ""
    return f"{outcome['raised']}{message}{where}"


def shown(value: object, longest: int = LONGEST) -> str:
    """A value as Python prints it, cut after `longest` characters; of a long container also its length."""
    text = repr(value)
    if len(text) <= longest:
        return text
    count = len(value) if isinstance(value, list | tuple | dict | set | frozenset) else 1
    many = f" ({count:,} of them)" if count > 1 else ""
    return f"{text[: longest - 1]}…{many}"


def counted(number: float, noun: str, plural: str = "") -> str:
    """`1 query`, `2,000 queries`, `0.5 blocks`: a number with its noun in the form that it asks for."""
    told = figure(number)
    if told == "1":
        return f"1 {noun}"
    ending = f"{noun[:-1]}ies" if noun.endswith("y") and noun[-2:-1] not in "aeiou" else f"{noun}s"
    return f"{told} {plural or ending}"


def first_wrong(problems: Iterable[Wrong | None]) -> Wrong | None:
    """The first problem there is, or None where everything is right; the rest is not looked at."""
    return next(filter(None, problems), None)


def then(first: Check, rest: Callable[[], list[Check]], names: Sequence[str], because: str) -> list[Check]:
    """A check and, where it holds, the others; else those of the given names are skipped for the reason given."""
    if first.status == "pass":
        return [first, *rest()]
    return [first, *(skipped(name, because) for name in names)]
