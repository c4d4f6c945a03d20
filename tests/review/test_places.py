"""Every place of a pull request is what it is said to be: shown by its experiment, on the place and on its twin."""

from __future__ import annotations

import ast
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from course_lib.hazards.defence.places import LONGEST, SLACK, TEXTS, Place, PullRequest
from course_lib.interleavings import Finding, compile_instrumented, find_race
from course_lib.review.bench import experiments, module_of, outcome
from course_lib.review.shipped import REVIEWED, pull_request, shipped_review
from course_lib.syllabus import HAZARDS

ALL = [pull_request(name) for name in ("lockers", "rooms", "tools")]
SHORT = ALL[1:]
Threads = list[Callable[[Any], Any]]
EVERY_PLACE = [pytest.param(one, place, id=f"{one.name}-{place.name}") for one in ALL for place in one.places]


@pytest.mark.slow
@pytest.mark.parametrize(("reviewed", "place"), EVERY_PLACE)
def test_the_experiment_tells_a_place_from_its_twin(reviewed: PullRequest, place: Place) -> None:
    as_it_stands = outcome(reviewed.text, reviewed.name, place.name)
    twin = outcome(reviewed.with_twins(place), reviewed.name, place.name)

    assert (as_it_stands["red"], twin["red"]) == (place.planted, not place.planted), (as_it_stands, twin)


def raced(name: str, kind: str, arguments: tuple[Any, ...], threads: Threads, holds: Callable[[Any], bool]) -> Finding:
    """Every order of these threads on one object of a class that a shipped file defines."""
    names: dict[str, Any] = {"__name__": name}
    exec(compile_instrumented((TEXTS / f"{name}.py.txt").read_text("utf-8"), f"{name}.py"), names)
    return find_race(lambda: names[kind](*arguments), threads, holds)


def told(thread: str, act: Callable[[Any], Any]) -> Callable[[Any], None]:
    """A thread that leaves what it was told on the object, under its own name."""
    return lambda one: setattr(one, thread, act(one))


def note(text: str) -> Callable[[Any], None]:
    return told(text, lambda journal: journal.note(text))


THREADED = {
    "Journal.note: a number of its own, and the order in which they were added": (
        "lockers",
        "Journal",
        (),
        [note("a"), note("b"), told("read", lambda journal: journal.recent())],
        lambda journal: (
            {(journal.a, "a"), (journal.b, "b")} == set(journal.recent())
            and journal.a != journal.b
            and journal.recent()[: len(journal.read)] == journal.read
        ),
    ),
    "Compartments.swap: two swaps, one compartment": (
        "lockers",
        "Compartments",
        ({"small": 0, "large": 1},),
        [told(name, lambda one: one.swap("small", "large")) for name in ("a", "b")],
        lambda one: (one.free("small"), one.free("large"), one.a + one.b) == (1, 0, 1),
    ),
    "Desks.note: both are remembered": (
        "rooms",
        "Desks",
        (1,),
        [lambda desks: desks.note("a"), lambda desks: desks.note("b")],
        lambda desks: sorted(desks._last) == ["a", "b"],
    ),
    "Carts.write_down: both lines are kept": (
        "tools",
        "Carts",
        (1,),
        [lambda carts: carts.write_down("a"), lambda carts: carts.write_down("b")],
        lambda carts: sorted(carts._log) == ["a", "b"],
    ),
    "Slips.following: a number that nobody else gets": (
        "desk",
        "Slips",
        (),
        [told(name, lambda slips: slips.following()) for name in ("a", "b")],
        lambda slips: {slips.a, slips.b} == {1, 2},
    ),
    "Searches: both are remembered": (
        "desk",
        "Searches",
        (),
        [lambda searches: searches.note("a"), lambda searches: searches.note("b")],
        lambda searches: sorted(searches.recent()) == ["a", "b"],
    ),
}


@pytest.mark.parametrize("promise", THREADED)
def test_a_clean_place_keeps_in_threads_what_its_docstring_says(promise: str) -> None:
    found = raced(*THREADED[promise])
    assert found.is_safe, str(found)


def test_what_the_journal_does_not_promise_would_be_told() -> None:
    """The order of the numbers need not be that of the lines."""
    found = raced("lockers", "Journal", (), [note("a"), note("b")], lambda one: one.recent() == sorted(one.recent()))
    assert found.verdict == "race"
    text = ALL[0].text
    journal = text[text.index("class Journal") : text.index("class StatusCache")]
    assert "oldest first" not in journal and "in the order in which they were added" in journal


def test_a_swap_that_fails_changes_nothing() -> None:
    compartments = module_of(ALL[0].text, "lockers").Compartments({"large": 1})
    with pytest.raises(KeyError):
        compartments.swap("no such size", "large")
    assert compartments.free("large") == 1


class _Full(sqlite3.Connection):
    """The disk is full at the end of the transaction."""

    def commit(self) -> None:
        raise sqlite3.OperationalError("database or disk is full")


@pytest.mark.parametrize(
    ("name", "table", "change"),
    [
        ("lockers", "parcels (a, b, c, d, e, f)", lambda m, db: m.import_parcels(db, [("p1", 1, "", "", "", "")])),
        ("rooms", "bookings (id)", lambda m, db: m.move(db, 1, 2)),
        ("tools", "loans (id)", lambda m, db: m.renumber(db, 1, 2)),
    ],
)
def test_what_can_not_be_stored_is_undone_and_told(name: str, table: str, change: Callable[[Any, Any], Any]) -> None:
    connection = sqlite3.connect(":memory:", factory=_Full)
    connection.execute(f"CREATE TABLE {table}")
    with pytest.raises(sqlite3.OperationalError):
        change(module_of(pull_request(name).text, name), connection)
    assert not connection.in_transaction
    connection.close()


def test_lockers_has_seven_faults_of_different_hazards_and_fourteen_clean_places() -> None:
    lockers = ALL[0]
    assert len({place.hazard for place in lockers.planted}) == len(lockers.planted) == 7
    assert len(lockers.places) == 21
    assert 150 <= lockers.text.count("\n") <= 250


def test_the_short_ones_are_twins() -> None:
    for one in SHORT:
        assert (len(one.planted), len(one.places)) == (3, 9)
    rooms, tools = (sorted((place.hazard, place.planted) for place in one.places) for one in SHORT)
    assert rooms == tools


@pytest.mark.parametrize("reviewed", ALL, ids=lambda one: one.name)
def test_every_place_can_be_pointed_at(reviewed: PullRequest) -> None:
    assert set(experiments(reviewed.name)) == {place.name for place in reviewed.places}
    lines = reviewed.text.count("\n")
    for place in reviewed.places:
        assert reviewed.text.count(place.code) == 1, place.name
        assert not place.also or reviewed.text.count(place.also) == 1, place.name
        assert place.hazard in HAZARDS
        for first, last in reviewed.spans(place):
            assert last - first < LONGEST, "a finding that names the whole place is not too long"
            assert last + SLACK <= lines or not place.planted or place is reviewed.places[-1]
        ast.parse(reviewed.with_twins(place))


@pytest.mark.parametrize("reviewed", ALL, ids=lambda one: one.name)
def test_a_finding_on_a_clean_place_is_no_hit_by_accident(reviewed: PullRequest) -> None:
    """No clean place of a planted fault's hazard lies so near that pointing at it would hit the fault."""
    for planted in reviewed.planted:
        for clean in reviewed.places:
            if clean.planted or clean.hazard != planted.hazard:
                continue
            for first, last in reviewed.spans(planted):
                for begin, end in reviewed.spans(clean):
                    assert end < first - SLACK or begin > last + SLACK, (planted.name, clean.name)


def test_the_pull_request_passes_its_own_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "lockers", module_of(ALL[0].text, "lockers"))
    own = module_of((TEXTS / "test_lockers.py.txt").read_text("utf-8"), "test_lockers")
    tests = [value for name, value in vars(own).items() if name.startswith("test_")]
    for test in tests:
        test()
    assert len(tests) == 8


@pytest.mark.parametrize("name", REVIEWED)
def test_a_review_that_is_shipped_names_lines_that_are_there(name: str) -> None:
    lines = (TEXTS / f"{name}.py.txt").read_text("utf-8").count("\n")
    from course_lib.review.formats import read_review

    claims = read_review(shipped_review(name), file=f"{name}.py").claims
    assert len(claims) == (8 if name == "lockers" else 9)
    for claim in claims:
        assert claim.first is not None and claim.last is not None and claim.last <= lines
        assert f"[{claim.hazard}]" in claim.text


def test_the_texts_hold_no_answers() -> None:
    for path in Path(TEXTS).glob("*.py.txt"):
        text = path.read_text("utf-8").lower()
        assert not any(word in text for word in ("fixme", "todo", "planted", "vulnerab", "bug"))
