"""The module of the nine claims: what is true of it, and that its other shapes differ in nothing else that shows."""

from __future__ import annotations

import ast
import dis
import io
import json
import sqlite3
import types
from typing import Any

import pytest

from course_lib.hazards.defence.claims_on_desk import CLAIMS, FAULTS, module_text, variants
from course_lib.hazards.defence.places import TEXTS
from course_lib.interleavings import compile_instrumented, find_race
from course_lib.review.formats import read_review

TELLING = {"BEFORE_WITH", "PUSH_EXC_INFO", "RAISE_VARARGS", "RERAISE"}
EVERY = [pytest.param(number, place, id=f"{number}-{place}") for number in FAULTS for place in range(6)]


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
    codes = {json.dumps([one.argrepr for one in dis.get_instructions(source)]) for source in sources}
    assert len({ast.dump(ast.parse(source)) for source in sources}) == len(codes) == 6


@pytest.mark.parametrize(
    ("number", "name"),
    [(1, "load_catalogue"), (3, "borrow"), (4, "is_overdue"), (6, "loans_by_member"), (7, "extend")],
)
def test_no_word_or_statement_tells_the_faulty_shapes_from_the_others(number: int, name: str) -> None:
    """Not a name that the function uses, and not whether it has a `with`, a `try` or a `raise`."""

    def instructions(source: str) -> set[str]:
        module = made(source)
        function = getattr(module, name, None) or getattr(module.Desk, name)
        return {one.opname for one in dis.get_instructions(function)} & TELLING | set(function.__code__.co_names)

    shapes = [(instructions(source), faulty) for source, faulty in variants(number)]
    faulty, sound = ([seen for seen, had in shapes if had is wanted] for wanted in (True, False))
    assert not set.intersection(*sound) - set.union(*faulty), "found in every repair and in no fault"
    assert not set.intersection(*faulty) - set.union(*sound), "found in every fault and in no repair"


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
