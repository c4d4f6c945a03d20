"""What a bank promises, and the programs that could break it."""

from __future__ import annotations

import itertools
from typing import Any

from course_lib.hazards.plainly import same
from course_lib.hazards.race_conditions.programs import ROUND, Call, Observation, Shape, got, possible_answers


def _bank(balances: dict[Any, int], *threads: list[Call]) -> Shape:
    return Shape("transfers", [balances], list(threads), [["balance", account] for account in balances])


def _move(source: Any, target: Any, amount: int) -> Call:
    return ["transfer", source, target, amount]


def _of(account: Any) -> Call:
    return ["balance", account]


AB, BA, PENNY = _move("a", "b", 10), _move("b", "a", 10), _move("a", "b", 1)


def _opposite(one: Any, other: Any) -> Shape:
    return _bank({one: 50, other: 50}, [_move(one, other, 10)], [_move(other, one, 10)])


def _neighbours(accounts: list[Any]) -> Shape:
    """Transfers between accounts that differ in little: none is taken for another, or waits for its own lock."""
    pairs = [*itertools.pairwise(accounts), *((accounts[0], other) for other in accounts[2:])]
    return _bank(dict.fromkeys(accounts, 100), [_move(one, other, 1) for one, other in pairs])


MANY = 300  # transfers, whatever each of them costs: a ledger that is added up anew for each takes the square of it
FAR = 1_200  # more than a ledger or a queue that somebody has bounded may hold
ANOTHER, ANOTHER_LIKE_IT = ["+", {"a": 9, "c": 9}], ["+", {"a": 9, "b": 9}]
NUMBERED = [1, 9, 17, 2, 33, 65, 129, 257, 5, 3, 0, 8, 11, 101, 1001, -1, -2, 2**61 - 1, 2**61]
LETTERED = ["a", "A", "b", "B", "ab", "AB", "Ab", "a ", " a", "á", "a\u0301", "a1", "a2", "b1", "", "a.b", "a_b", "ba"]

BANK_PLAIN = [
    _bank(
        {"a": 100, "b": 0},
        [
            _move("a", "b", 30),
            _of("a"),
            _of("b"),
            _move("a", "b", 71),
            _of("a"),
            _of("b"),
            _move("a", "b", 70),
            _of("a"),
            _move("b", "a", 1),
            _of("a"),
            _of("b"),
        ],
    ),
    _bank({"a": 5, "b": 7}, [_move("a", "a", 5), _of("a"), _move("a", "a", 6), _of("a"), _move("b", "b", 1), _of("b")]),
    _bank(
        {"a": 5, "b": 7},
        [
            _move("a", "nobody", 5),
            _of("a"),
            _move("nobody", "a", 5),
            _of("a"),
            _move("a", "nobody", 6),
            _of("a"),
            _move("nobody", "nobody", 1),
            _of("nobody"),
            _move("nobody", "no one", 1),
            _of("a"),
            _of("b"),
            _move("a", "b", 5),
            _of("nobody"),
        ],
    ),
    _bank({"a": 0}, [_move("a", "a", 1), _of("a")]),
    _bank({"mira": 5, 2**61: 7}, [_move("mira", "mira", 5), _of("mira"), _move(2**61, 2**61, 8), _of(2**61)]),
    _bank({1: 5, "1": 7}, [_move(1, 1, 5), _of("1"), _move("1", "1", 8), _of(1), _of("01")]),
    _neighbours(NUMBERED),
    _neighbours(LETTERED),
    _bank({"a": 10**15, "b": 1}, [_move("a", "b", 10**15 - 1), _of("a"), _move("b", "a", 2**40), _of("b")]),
    _bank(
        {"a": 2**63 - 1, "b": 2**64}, [_move("b", "a", 2**64 - 1), _of("a"), _of("b"), _move("a", "b", 2**64), _of("b")]
    ),
    _bank({"a": 2**60 + 1, "b": 2**53}, [_move("a", "b", 1), _of("b"), _move("a", "b", 2**60), _of("a"), _of("b")]),
    Shape(
        "many transfers",
        [{"a": FAR, "b": 1}],
        [[_move("a", "b", 1), _move("b", "a", 2), _of("a")]],
        [_of("a"), _of("b")],
        later=(_move("a", "b", 1), MANY),
        far=FAR,
    ),
    Shape(
        "after another bank",
        [{"a": 4, "b": 1}],
        [[_of("c"), _move("a", "b", 4), _of("a")]],
        [_of("a"), _of("b")],
        [([{"a": 9, "c": 9}], [_move("a", "c", 5)])],
        anew=6,
    ),
    Shape(
        "beside another bank",
        [{"a": 4, "b": 1}],
        [[_of("c"), _move("a", "b", 4), _of("a")]],
        [_of("a"), _of("b")],
        beside=[([{"a": 9, "c": 9}], [_move("a", "c", 5)])],
    ),
    Shape(
        "beside another bank of the same dict",
        [{"a": 4, "b": 1}],
        [[_of("a"), _move("a", "b", 4), _of("b")]],
        [_of("a"), _of("b")],
        beside=[(None, [_move("a", "b", 3)])],
    ),
]
OPPOSITE = _opposite("a", "b")
LIKE_ONE_ANOTHER = [("an-N-na", "an-n-na"), (1, 1 + 5040 * (2**61 - 1))]
"""Accounts that some orders do not tell apart: by letter case, length, first or last letters; by hash or remainder."""

BANK = [
    (
        "no money appears or is lost",
        "the final balances are what the transfers that returned True make them",
        [
            _bank({"a": 100, "b": 0}, [_move("a", "b", 30)], [_move("a", "b", 40)]),
            OPPOSITE,
            _bank({"a": 50, "b": 50, "c": 50}, [AB], [_move("b", "c", 10)], [_move("c", "a", 10)]),
            _bank({"a": 50, "b": 50}, [_move("a", "a", 10)], [AB]),
            _bank({"a": 50, "b": 50}, [AB], [BA], [_of("a")]),
            _bank({"a": 50, "b": 50, "c": 0}, [_move("a", "c", 10)], [_move("b", "c", 20)]),
            _bank({"a": 50, "b": 50}, [AB, _move("b", "a", 5)], [BA]),
            _bank({"a": 50, "b": 50}, [_move("a", "a", 50)], [_move("b", "a", 5)]),
            _bank({"a": 50, "b": 50}, [_move("a", "nobody", 50)], [_move("a", "b", 50)]),
            _bank({"a": 50, "b": 50}, [_move("nobody", "b", 50)], [AB]),
            _bank({"a": 30, "b": 0, "c": 0}, [_move("a", "b", 10), _move("b", "a", 10)], [_move("a", "c", 10)]),
            _bank({"a": 90, "b": 0}, [AB], [AB, AB, AB]),
            _bank({"a": 50, "b": 50}, [AB, _of("a")], [AB, _of("a")]),
            _bank({"a": 50, "b": 50}, [AB], [ANOTHER, AB]),
            _bank({"a": 50, "b": 50}, [AB], [ANOTHER_LIKE_IT, AB]),
            _bank({"a": 10**9, "b": 10**9}, [AB], [AB]),
            _bank({"a": 10**9, "b": 10**9}, [AB], [BA]),
            _bank({"a": 10**9, "b": 10**9}, [_move("a", "b", 10**6)], [_move("b", "a", 10**6)]),
            _bank({"a": 45, "b": 50}, [AB], [BA, BA]),
            *(_opposite(*pair) for pair in LIKE_ONE_ANOTHER),
            *(_bank({"a": 500, "b": 50}, [AB], [BA])._replace(before=(PENNY, many - 1)) for many in ROUND),
        ],
    ),
    (
        "no balance is ever negative",
        "no reader sees less than nothing, and no transfer spends what is not there",
        [
            _bank({"a": 100, "b": 0}, [_move("a", "b", 80)], [_move("a", "b", 80)]),
            _bank({"a": 100, "b": 0}, [_move("a", "b", 80)], [_move("a", "b", 80)])._replace(names=["clerk", "till 2"]),
            _bank({"a": 100, "b": 0, "c": 0}, [_move("a", "b", 80)], [_move("a", "c", 80)]),
            _bank({"a": 10, "b": 0}, [_move("a", "b", 20)], [_of("a"), _of("b")]),
            _bank({"a": 10, "b": 0, "c": 0}, [_move("a", "b", 20)], [_move("b", "c", 20)]),
            _bank({"a": 10, "b": 0, "c": 0}, [_move("a", "b", 10)], [_move("b", "c", 10)], [_of("b")]),
            _bank({"a": 10, "b": 0}, [_move("a", "b", 10)], [_move("a", "b", 10)], [_of("a")]),
        ],
    ),
]


def _transfer(state: dict[str, int], call: Call) -> tuple[dict[str, int], Any]:
    if call[0] == "+":
        return state, None
    if call[0] == "balance":
        return state, state.get(call[1], "KeyError")
    _, source, target, amount = call
    if source not in state or target not in state:
        return state, "KeyError or False" if state.get(source, amount) < amount else "KeyError"
    if state[source] < amount:
        return state, False
    moved = {**state, source: state[source] - amount}
    return {**moved, target: moved[target] + amount}, True


UNKNOWN = {"KeyError", "KeyError or False"}


def bank_trouble(shape: Shape, outcome: Observation) -> str:
    """What is wrong with one end of a program on a bank."""
    now = dict(shape.make[0])
    if shape.before:
        _moved(now, *shape.before)
    possible = possible_answers(shape, lambda _balances: dict(now), _transfer)
    alone = len(shape.threads) == 1
    for thread, (calls, results) in enumerate(zip(shape.threads, outcome["threads"], strict=True)):
        for number, (call, result) in enumerate(zip(calls, results or [], strict=False)):
            allowed = possible[(thread, number)]
            wrong = _unknown(call, result, allowed) if allowed & UNKNOWN else _answer(call, result, allowed, alone)
            if wrong:
                return wrong
            if call[0] == "transfer" and result.get("returned") is True:
                _moved(now, call)
    if shape.later:
        call, times = shape.later
        _moved(now, call, int(outcome.get("later", times)))
    return _final_trouble(outcome["final"], now)


def _moved(balances: dict[Any, int], call: Call, times: int = 1) -> None:
    _, source, target, amount = call
    balances[source] -= times * amount
    balances[target] += times * amount


def _unknown(call: Call, result: Observation, allowed: set[Any]) -> str:
    """An unknown account: KeyError; with too little in a known source False will do as well."""
    if "KeyError" in result.get("bases", ()):
        return ""
    if "KeyError or False" in allowed and result.get("returned") is False:
        return ""
    return f"{got(call, result)}, not KeyError"


def _answer(call: Call, result: Observation, allowed: set[Any], alone: bool) -> str:
    if "raised" in result:
        return got(call, result)
    value = result["returned"]
    if call[0] == "+":
        return ""
    if call[0] == "balance":
        if type(value) is not int:
            return f"{got(call, result)}, no int"
        if value < 0:
            return f"{got(call, result)}: a negative balance"
        return f"{got(call, result)}, not {next(iter(allowed))}" if alone and value not in allowed else ""
    if type(value) is not bool:
        return f"{got(call, result)}, neither True nor False"
    if value in allowed:
        return ""
    why = "the source has enough in every order of the calls" if allowed == {True} else "the source never has enough"
    return f"{got(call, result)}, and {why}"


def _final_trouble(final: list[Observation], now: dict[str, int]) -> str:
    for (account, expected), seen in zip(now.items(), final, strict=True):
        if "raised" in seen:
            return got(_of(account), seen)
        value = seen["returned"]
        if not same(value, expected):
            return f"balance({account!r}) is {value!r} in the end; the transfers that returned True make it {expected}"
        if value < 0:
            return f"balance({account!r}) is {value} in the end"
    return ""
