"""The module of the nine claims: what is true of it, and that its other shapes differ in nothing else that shows."""

from __future__ import annotations

import ast
import dis
import io
import sqlite3
import types
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from course_lib.hazards.defence.claims_on_desk import CLAIMS, FAULTS, module_text, variants
from course_lib.hazards.defence.places import TEXTS
from course_lib.interleavings import compile_instrumented, find_race
from course_lib.review.formats import read_review

SHAPES = 12
EVERY = [pytest.param(number, place, id=f"{number}-{place}") for number in FAULTS for place in range(SHAPES)]
ABOUT = {1: "load_catalogue", 3: "borrow", 4: "is_overdue", 6: "loans_by_member", 7: "extend"}


def made(source: str) -> Any:
    module = types.ModuleType("desk")
    exec(compile(source, "<desk>", "exec", dont_inherit=True), vars(module))
    return module


def loans_of(connection: sqlite3.Connection, module: Any) -> dict[str, list[str]]:
    connection.executescript(module.SCHEMA)
    connection.execute("INSERT INTO members VALUES (1, 'Ben'), (2, 'Ada')")
    connection.execute("INSERT INTO loans VALUES (1, 1, 'B'), (2, 2, 'A'), (3, 2, 'C')")
    found: dict[str, list[str]] = module.loans_by_member(connection)
    return found


@pytest.mark.parametrize(("number", "place"), EVERY)
def test_every_shape_of_the_module_does_what_it_should_where_nothing_goes_wrong(number: int, place: int) -> None:
    """Whether a fault is there or repaired, the ordinary answers are the same."""
    module = made([*variants(number)][place][0])

    assert module.load_catalogue(lambda: io.StringIO('{"title": "A"}\n[1]\n')) == [{"title": "A"}, [1]]
    assert (module.is_overdue(lambda number: "overdue", 1), module.is_overdue(lambda number: "", 1)) == (True, False)
    connection = sqlite3.connect(":memory:")
    assert loans_of(connection, module) == {"Ada": ["A", "C"], "Ben": ["B"]}
    assert module.loans_sorted(connection) == [(2, "A"), (1, "B"), (3, "C")]
    connection.close()
    saved: list[Any] = []
    loan = {"number": 1, "member": "ada", "days": 7}
    store = types.SimpleNamespace(loan=lambda number: dict(loan) if number == 1 else None, save=saved.append)
    module.extend(store, {"id": "ada", "role": "member"}, 1, 7)
    module.extend(store, {"id": "cyd", "role": "librarian"}, 1, 1)
    assert [one["days"] for one in saved] == [14, 8]
    with pytest.raises(KeyError):
        module.extend(store, {"id": "ada", "role": "member"}, 2, 7)
    desk = module.Desk({"A": 1}, lambda name: name)
    assert [desk.borrow("A", None), desk.borrow("A", "Ada"), desk.borrow("A", "Ada")] == [False, True, False]
    desk.bring_back("A")
    assert desk.left("A") == 1
    assert desk.borrow("A", "Ada") is True


@pytest.mark.parametrize("number", FAULTS)
def test_no_two_shapes_have_the_same_code(number: int) -> None:
    sources = [source for source, _ in variants(number)]
    codes = {tuple(map(does, nested(compile(source, "<desk>", "exec", dont_inherit=True)))) for source in sources}
    assert len({ast.dump(ast.parse(source)) for source in sources}) == len(codes) == SHAPES


@pytest.mark.parametrize("number", FAULTS)
def test_nothing_that_the_code_is_made_of_tells_the_faulty_shapes_from_the_others(number: int) -> None:
    """No name, constant, word or kind of instruction, and no length or count of them, below or above any bound."""
    shapes = [(made_of(made(source), ABOUT[number]), faulty) for source, faulty in variants(number)]
    faulty, sound = ([seen for seen, had in shapes if had is wanted] for wanted in (True, False))
    for part in {part for seen, _ in shapes for part in seen}:
        with_fault, without = ([seen.get(part, 0) for seen in group] for group in (faulty, sound))
        assert max(with_fault) >= min(without), f"{part}: fewer in every fault than in any repair"
        assert max(without) >= min(with_fault), f"{part}: fewer in every repair than in any fault"


def made_of(module: Any, name: str) -> Counter[str]:
    """How often each part is found, in the function alone and in all code of the module; sizes are parts as well."""
    function = getattr(module, name, None) or getattr(module.Desk, name)
    everything = [*vars(module).values(), *vars(module.Desk).values()]
    codes = [one.__code__ for one in everything if isinstance(one, types.FunctionType)]
    told = Counter({f"in the module {one}": 1 for one in [*dir(module), *dir(module.Desk)]})
    told.update(f"itself {part}" for part in parts(function.__code__))
    told.update(f"it or its kin {part}" for code in nested(function.__code__) for part in parts(code))
    told.update(f"anywhere {part}" for outer in codes for code in nested(outer) for part in parts(code))
    return told


def parts(code: types.CodeType) -> Iterator[str]:
    yield from (f"instruction {one.opname}" for one in dis.get_instructions(code))
    yield from (f"constant {one!r}" for one in code.co_consts if not isinstance(one, types.CodeType))
    yield from (f"constant equal to {int(one)}" for one in code.co_consts if isinstance(one, int))
    for kind in ("names", "varnames", "freevars", "cellvars"):
        yield from (f"{kind} {one}" for one in getattr(code, f"co_{kind}"))
        yield from (f"number of {kind}" for _ in getattr(code, f"co_{kind}"))
    yield from (f"flag {bit}" for bit in range(32) if code.co_flags >> bit & 1)
    for size in ("argcount", "nlocals", "stacksize"):
        yield from [size] * getattr(code, f"co_{size}")
    lines = {line for _, _, line in code.co_lines() if line is not None}
    yield from ["lines"] * len(lines)
    yield from ["span of lines"] * (max(lines) - min(lines))
    yield from ["bytes"] * len(code.co_code)
    yield from ["bytes of the exception table"] * len(code.co_exceptiontable)


def does(code: types.CodeType) -> tuple[object, ...]:
    """What a code object runs on, but for where it stands: neither its lines nor its address tell two apart."""
    constants = [repr(one) for one in code.co_consts if not isinstance(one, types.CodeType)]
    return code.co_code, code.co_names, code.co_varnames, code.co_freevars, *constants


def nested(code: types.CodeType) -> Iterator[types.CodeType]:
    yield code
    for one in code.co_consts:
        if isinstance(one, types.CodeType):
            yield from nested(one)


def test_the_untrue_claims_are_untrue() -> None:
    module = made(module_text())
    searches = module.Searches()
    for number in range(1_000):
        searches.note(str(number))
    assert len(searches.recent()) == 20

    connection = sqlite3.connect(":memory:")
    connection.executescript(module.SCHEMA)
    with pytest.raises(ValueError, match="can't be sorted"):
        module.loans_sorted(connection, "id; DELETE FROM loans")
    connection.close()

    assert module.in_both(list(range(50_000)), list(range(50_000, 100_000))) == []

    rewritten = types.ModuleType("desk")
    exec(compile_instrumented(module_text(), "<desk>"), vars(rewritten))

    class Asked:
        def __init__(self) -> None:
            self.slips, self.numbers = rewritten.Slips(), []  # type: ignore[var-annotated]

        def ask(self) -> None:
            self.numbers.append(self.slips.following())

    found = find_race(Asked, [Asked.ask, Asked.ask], lambda asked: len(set(asked.numbers)) == 2)
    assert found.is_safe, str(found)


def test_the_review_has_a_claim_for_each_number() -> None:
    text = (TEXTS / "desk_review.md").read_text("utf-8")
    assert [int(line.partition(".")[0]) for line in text.splitlines()] == list(CLAIMS)
    lines = module_text().splitlines()
    for number, claim in enumerate(read_review(text, file="desk.py").claims, 1):
        assert claim.first is not None and claim.last is not None
        if number in FAULTS:
            shown = "\n".join(lines[claim.first - 1 : claim.last])
            assert any(line in shown for line in FAULTS[number].code.splitlines())
