"""Every place of a pull request is what it is said to be: shown by its experiment, on the place and on its twin."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

from course_lib.hazards.defence.places import LONGEST, SLACK, TEXTS, Place, PullRequest
from course_lib.review.bench import experiments, module_of, outcome
from course_lib.review.shipped import REVIEWED, pull_request, shipped_review
from course_lib.syllabus import HAZARDS

ALL = [pull_request(name) for name in ("lockers", "rooms", "tools")]
SHORT = ALL[1:]
EVERY_PLACE = [pytest.param(one, place, id=f"{one.name}-{place.name}") for one in ALL for place in one.places]


@pytest.mark.slow
@pytest.mark.parametrize(("reviewed", "place"), EVERY_PLACE)
def test_the_experiment_tells_a_place_from_its_twin(reviewed: PullRequest, place: Place) -> None:
    as_it_stands = outcome(reviewed.text, reviewed.name, place.name)
    twin = outcome(reviewed.with_twins(place), reviewed.name, place.name)

    assert (as_it_stands["red"], twin["red"]) == (place.planted, not place.planted), (as_it_stands, twin)


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
