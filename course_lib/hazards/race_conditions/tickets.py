"""What a counter and a ticket office promise, and the programs that could break it."""

from __future__ import annotations

from typing import Any

from course_lib.hazards.plainly import counted, same
from course_lib.hazards.race_conditions.programs import ROUND, Call, Observation, Shape, got, possible_answers

MANY = 1_100  # more than a deque or a queue that somebody has bounded may hold, and than one byte
IN_TURN = 20  # threads one after another: one that begins may bear the number of one that has ended
FAR = 70_000  # more than two bytes hold
ANEW = 6  # objects one after another: where one was, the next one is
NAMES = ["clerk", "till 2"]
INC, COUNT, LEFT, ONE = ["increment"], ["@count"], ["@remaining"], ["reserve", 1]
ANOTHER, ANOTHER_OFFICE = ["+"], ["+", 5]
ODD_HOUSE = 49  # seats: 1 / 49, added up, or taken from 1, so many times is not what it was
PLENTY = 1_500  # seats of a hall so large that somebody may think that the last ones are far away


def _reserve(*quantities: int) -> list[Call]:
    return [["reserve", quantity] for quantity in quantities]


def _counter(title: str, *threads: list[Call]) -> Shape:
    return Shape(title, [], list(threads), [COUNT])


def _office(seats: int, *threads: list[Call]) -> Shape:
    return Shape("reservations", [seats], list(threads), [LEFT])


COUNTER_PLAIN = [
    _counter("plain", [COUNT, INC, COUNT, INC, INC, COUNT]),
    Shape("after another counter", [], [[COUNT, INC, COUNT]], [COUNT], [([], [INC, INC])], anew=ANEW),
    Shape("beside another counter", [], [[COUNT, INC, COUNT]], [COUNT], beside=[([], [INC, INC])]),
    Shape("one thread after another", [], [[INC]], [COUNT], later=(INC, IN_TURN), in_turn=True),
    Shape("many", [], [[INC]], [COUNT], later=(INC, MANY), far=FAR),
]
COUNTER = [
    (
        "loses no increment",
        "as many as were made, in every order of the steps",
        [
            _counter("two threads", [INC], [INC]),
            _counter("two threads", [INC], [INC])._replace(names=NAMES),
            _counter("twice each", [INC, INC], [INC, INC]),
            _counter("three threads", [INC], [INC], [INC]),
            _counter("read meanwhile", [INC, INC], [INC, COUNT]),
            _counter("read at once", [INC], [COUNT]),
            _counter("read by two", [INC, COUNT], [INC, COUNT]),
            _counter("one against many", [INC], [INC] * 5),
            _counter("another counter is made meanwhile", [INC], [ANOTHER, INC]),
            *(_counter("one takes stock", [INC, INC], [INC])._replace(before=(INC, many - 1)) for many in ROUND),
        ],
    ),
]
OFFICE_PLAIN = [
    _office(3, [LEFT, *_reserve(2), LEFT, *_reserve(2), LEFT, *_reserve(1), LEFT, *_reserve(1), LEFT]),
    _office(2, [*_reserve(0), LEFT, *_reserve(-1), LEFT, *_reserve(2), LEFT, *_reserve(0), *_reserve(-3), LEFT]),
    _office(0, [*_reserve(1), LEFT]),
    Shape("after another office", [3], [[LEFT, *_reserve(2), LEFT]], [LEFT], [([5], _reserve(4))], anew=ANEW),
    Shape("beside another office", [3], [[LEFT, *_reserve(2), LEFT]], [LEFT], beside=[([5], _reserve(4))]),
    _office(10, [*_reserve(11), LEFT, *_reserve(10), LEFT]),
    _office(3, [*_reserve(10**4, 10**7, 2**31, 2**63, 10**30), LEFT, *_reserve(3), LEFT]),
    _office(ODD_HOUSE, [*_reserve(1) * ODD_HOUSE, LEFT, *_reserve(1), LEFT]),
    _office(1_500, [*_reserve(1_100), LEFT, *_reserve(401, 300), LEFT, *_reserve(101, 100), LEFT]),
]
OFFICE = [
    (
        "never oversells",
        "seats sold and seats left make up all seats, and none is sold twice",
        [
            _office(1, _reserve(1), _reserve(1)),
            _office(1, _reserve(1), _reserve(1))._replace(names=NAMES),
            _office(3, _reserve(2), _reserve(2)),
            _office(2, _reserve(1, 1), _reserve(1, 1)),
            _office(2, _reserve(1), _reserve(1), _reserve(1)),
            _office(2, _reserve(2), _reserve(1)),
            _office(12, _reserve(12), _reserve(1)),
            _office(1, [*_reserve(1), LEFT], [*_reserve(1), LEFT]),
            _office(2, [*_reserve(1), LEFT], [*_reserve(1), LEFT]),
            _office(1, _reserve(1), [ANOTHER_OFFICE, *_reserve(1)]),
            _office(PLENTY, _reserve(1), _reserve(1)),
            _office(PLENTY, _reserve(2), _reserve(30)),
            *(_office(PLENTY, _reserve(1, 1), _reserve(1))._replace(before=(ONE, many - 1)) for many in ROUND),
        ],
    ),
    (
        "never refuses what it could sell",
        "True for every reservation that fits in every order of the calls",
        [
            _office(2, _reserve(1), _reserve(1)),
            _office(4, _reserve(1, 1), _reserve(1, 1)),
            _office(3, _reserve(5), _reserve(1)),
            _office(3, _reserve(1), _reserve(1), _reserve(1)),
            _office(3, _reserve(2), _reserve(2), _reserve(1)),
            _office(2, [["reserve", 0]], _reserve(2)),
            _office(3, _reserve(1, 1), [*_reserve(1), LEFT]),
            _office(6, _reserve(1), _reserve(1, 1, 1, 1, 1)),
        ],
    ),
]


def counter_trouble(shape: Shape, outcome: Observation) -> str:
    """What is wrong with one end of a program on a counter."""
    made = shape.before[1] if shape.before else 0
    for calls, results in zip(shape.threads, outcome["threads"], strict=True):
        for call, result in zip(calls, results or [], strict=False):
            if "raised" in result:
                return got(call, result)
            if call == COUNT and len(shape.threads) == 1 and not same(result["returned"], made):
                return f"after {made} increments count is {result['returned']!r}"
            made += call == INC
    made += outcome.get("later", shape.later[1]) if shape.later else 0
    last = outcome["final"][0]
    if "raised" in last:
        return got(COUNT, last)
    return "" if same(last["returned"], made) else f"{made} increments were made and count is {last['returned']!r}"


def _sell(remaining: int, call: Call) -> tuple[int, Any]:
    if call in (LEFT, ANOTHER_OFFICE):
        return remaining, None
    if call[1] < 1:
        return remaining, "ValueError"
    return (remaining - call[1], True) if call[1] <= remaining else (remaining, False)


def office_trouble(shape: Shape, outcome: Observation) -> str:
    """What is wrong with one end of a program on a ticket office."""
    left = shape.make[0] - (shape.before[1] * shape.before[0][1] if shape.before else 0)
    possible = possible_answers(shape, lambda _seats: left, _sell)
    for thread, (calls, results) in enumerate(zip(shape.threads, outcome["threads"], strict=True)):
        for number, (call, result) in enumerate(zip(calls, results or [], strict=False)):
            wrong = _answer_trouble(call, result, possible[(thread, number)])
            if wrong:
                return wrong
            left -= call[1] if call[0] == "reserve" and result.get("returned") is True else 0
            if call == LEFT and len(shape.threads) == 1 and not same(result["returned"], left):
                return f"remaining is {result['returned']!r} with {counted(left, 'seat')} left"
    return _left_trouble(shape, outcome["final"][0], left)


def _answer_trouble(call: Call, result: Observation, possible: set[Any]) -> str:
    if call in (LEFT, ANOTHER_OFFICE):
        return got(call, result) if "raised" in result else ""
    if "ValueError" in possible:
        return "" if "ValueError" in result.get("bases", ()) else f"{got(call, result)}, not ValueError"
    if "raised" in result:
        return got(call, result)
    if type(result["returned"]) is not bool:
        return f"{got(call, result)}, neither True nor False"
    if result["returned"] in possible:
        return ""
    why = "the seats suffice in every order of the calls" if possible == {True} else "there are never enough seats"
    return f"{got(call, result)}, and {why}"


def _left_trouble(shape: Shape, last: Observation, left: int) -> str:
    if "raised" in last:
        return got(LEFT, last)
    if left < 0:
        return f"{counted(shape.make[0], 'seat')}, {shape.make[0] - left} sold, remaining is {last['returned']!r}"
    if not same(last["returned"], left):
        return f"{counted(shape.make[0], 'seat')}, {shape.make[0] - left} sold, and remaining is {last['returned']!r}"
    return ""
