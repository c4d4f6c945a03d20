"""The pairs of lists that `common_ids` is asked about: few, and each kind of wrong answer is seen among them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import permutations
from typing import Any

import pytest

from course_lib import wire
from course_lib.hazards.data_structures import probe
from course_lib.hazards.data_structures.common_ids import COMMON_IDS, RESULT
from course_lib.hazards.data_structures.id_lists import NUMBERS, PAIRS, TEXTS, leaving_out

Ids = list[Any]
Answer = Callable[[Ids, Ids], Any]


def common(left: Ids, right: Ids) -> Ids:
    known = set(right)
    return [one for one in dict.fromkeys(left) if one in known]


def first_wrong(answer: Answer) -> str:
    """The name of the first check on results that does not pass, asked as a judge asks; empty where all pass."""

    def observe(cases: Sequence[dict[str, Any]], **_keywords: Any) -> list[dict[str, Any]]:
        return [wire.unpack(wire.pack(probe.common_ids(answer, case))) for case in cases]

    checks = [check for check in COMMON_IDS.judge(observe) if check.name in COMMON_IDS.function]
    return next((check.name for check in checks if check.status == "fail"), "")


def matched_by(key: Callable[[Any], Any]) -> Answer:
    def answer(left: Ids, right: Ids) -> Ids:
        known = set(map(key, right))
        return [one for one in dict.fromkeys(left) if key(one) in known]

    return answer


def once_by(key: Callable[[Any], Any]) -> Answer:
    def answer(left: Ids, right: Ids) -> Ids:
        return list({key(one): one for one in common(left, right)[::-1]}.values())[::-1]

    return answer


KEYS: dict[str, Callable[[Any], Any]] = {
    "letter case": lambda one: str(one).lower(),
    "blanks": lambda one: str(one).strip(),
    "zeros": lambda one: str(one).lstrip("0"),
    "first letters": lambda one: str(one)[:100],
    "last letters": lambda one: str(one)[-100:],
    "letters in any order": lambda one: "".join(sorted(str(one))),
    "letters and digits alone": lambda one: "".join(filter(str.isalnum, str(one))),
    "ASCII alone": lambda one: str(one).encode("ascii", "ignore"),
    "hash": hash,
    "no sign": lambda one: str(one).lstrip("-"),
    "floats": lambda one: float(one) if isinstance(one, int) else one,
    "32 bits": lambda one: one & 0xFFFFFFFF if isinstance(one, int) else one,
    "64 bits": lambda one: one & (1 << 64) - 1 if isinstance(one, int) else one,
}
OTHERS: dict[str, Answer] = {
    "with repeats": lambda left, right: [one for one in left if one in set(right)],
    "the order of right": lambda left, right: common(right, left),
    "the last places": lambda left, right: common(left[::-1], right)[::-1],
    "sorted": lambda left, right: sorted(common(left, right)),
    "equal ones as they are": lambda left, right: left if left == right else common(left, right),
    "one alone as it is": lambda left, right: left if len(left) == 1 else common(left, right),
    "all where right is empty": lambda left, right: common(left, right or left),
    "without falsy ones": lambda left, right: list(filter(None, common(left, right))),
    "without the first": lambda left, right: common(left[1:], right),
    "without the last": lambda left, right: common(left, right[:-1]),
    "sorted where there are many": lambda left, right: (
        sorted(common(left, right)) if len(left) > 2_000 else common(left, right)
    ),
    "no more than fifty": lambda left, right: common(left, right)[:50],
    "a set": lambda left, right: set(common(left, right)),
    "a generator": lambda left, right: (one for one in common(left, right)),
    "flags": lambda left, right: [True if one == 1 else one for one in common(left, right)],
    "floats": lambda left, right: [0.0 if one == 0 else one for one in common(left, right)],
    "place by place": lambda left, right: [one for one, other in zip(left, right, strict=False) if one == other],
    "part of a text": lambda left, right: [one for one in common(left, left) if str(one) in ",".join(map(str, right))],
}
WRONG = {
    **{f"matched by {name}": matched_by(key) for name, key in KEYS.items()},
    **{f"once by {name}": once_by(key) for name, key in KEYS.items()},
    **OTHERS,
}


@pytest.mark.parametrize("answer", WRONG.values(), ids=WRONG)
def test_wrong_answer_is_seen(answer: Answer) -> None:
    assert first_wrong(answer) == RESULT


def test_right_answer_is_asked_few_questions() -> None:
    calls: list[int] = []  # what the lists hold is nothing that may be kept

    def answer(left: Ids, right: Ids) -> Ids:
        calls.append(len(left) + len(right))
        return common(left, right)

    assert first_wrong(answer) == ""
    assert len(PAIRS) < 60
    assert len(calls) < 135  # with those that count work


def test_plainly_wrong_answer_is_asked_a_handful() -> None:
    calls = []

    def answer(left: Ids, right: Ids) -> Ids:
        calls.append((left, right))
        return [one for one in left if one in right]

    assert first_wrong(answer) == RESULT
    assert len(calls) < 10


@pytest.mark.parametrize("ids", [NUMBERS, TEXTS], ids=["numbers", "texts"])
def test_any_two_ids_are_told_apart(ids: Ids) -> None:
    """Whatever is taken for something else shows: there is a part that holds the one and not the other."""
    parts = [{*part} for part in leaving_out(ids)]

    assert all(any(one in part and other not in part for part in parts) for one, other in permutations(ids, 2))
    assert len(parts) < 12
