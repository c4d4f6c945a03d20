"""A review is scored as FINDINGS is, and every claim that can be run is run: on the text itself, never on the claim."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest

from course_lib.hazards.defence import findings
from course_lib.hazards.defence.places import Finding, Place
from course_lib.review import running
from course_lib.review.claims import Claim
from course_lib.review.formats import read_review
from course_lib.review.sarif import to_sarif
from course_lib.review.scoring import ScoredReview, score
from course_lib.review.shipped import pull_request, score_findings, score_text, shipped_review
from course_lib.review.side_by_side import SideBySide, beside_the_assistant

LOCKERS = pull_request("lockers")
PLACES = {place.name: place for place in LOCKERS.places}


def claim_on(place: Place, file: str = "lockers.py") -> Claim:
    return Claim(file, *LOCKERS.lines(place), place.hazard, place.because)


def scored(*claims: Claim, source: str = "") -> ScoredReview:
    return score(claims, LOCKERS, source)


QUICK = ("search", "reminders", "collected", "carrier_status", "yearly_totals")


def test_planted_faults_are_found_and_proved() -> None:
    found = scored(*(claim_on(PLACES[name]) for name in QUICK))
    assert (len(found.finds), found.false_alarms, found.planted) == (5, 0, 7)
    assert found.count("proved") == 5


def test_a_claim_on_a_clean_place_is_refuted_and_a_false_alarm() -> None:
    found = scored(claim_on(PLACES["arrivals"]), claim_on(PLACES["health"]))
    assert (found.finds, found.false_alarms, found.count("refuted")) == ((), 2, 2)


def test_a_claim_that_is_not_planted_but_comes_out_red_counts_as_found() -> None:
    place = PLACES["arrivals"]
    found = scored(claim_on(place), source=LOCKERS.with_twins(place))
    assert (found.finds, found.false_alarms, found.count("proved")) == ((place,), 0, 1)


def test_what_no_instrument_measures_could_not_run_and_is_a_false_alarm() -> None:
    found = scored(Claim("lockers.py", 86, 87, "unbounded_growth", "it grows"))
    assert found.judged[0].verdict == "could not run"
    assert found.false_alarms == 1
    assert found.could_be_run


def test_a_second_claim_on_the_same_fault_counts_neither_way() -> None:
    found = scored(*[claim_on(PLACES["search"])] * 3)
    assert (len(found.finds), found.false_alarms) == (1, 0)


def test_a_hazard_without_a_line_counts_neither_way() -> None:
    found = scored(Claim("lockers.py", None, None, "sql_injection", "somewhere"))
    assert (found.finds, found.false_alarms) == ((), 0)


@pytest.mark.parametrize("file", ["other.py", "lockers.py/../other.py", "", "/etc/passwd"])
def test_a_claim_about_another_file_is_never_a_hit(file: str) -> None:
    found = scored(claim_on(PLACES["search"], file))
    assert (found.finds, found.false_alarms, found.judged[0].verdict) == ((), 1, "could not run")


def test_the_score_of_a_list_is_that_of_the_exercise() -> None:
    written = [(86, "sql_injection"), (40, "data_structures"), (84, 87, "sql_injection"), (1, 249, "race_conditions")]
    found = score_findings(written)
    hits, misses = findings.scored([Finding(one[0], one[-2], one[-1]) for one in written], LOCKERS)  # type: ignore[arg-type,misc]
    assert {place.name for place in found.finds} == {place.name for place in hits} == {"search"}
    assert found.false_alarms == len(misses) == 2


def test_an_experiment_is_run_once_however_many_claims_ask_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    run = running._converse
    monkeypatch.setattr(running, "_converse", lambda request: asked.append(request) or run(request))
    scored(*[claim_on(PLACES["search"])] * 500, *[claim_on(PLACES["arrivals"])] * 500)
    assert len(asked) == 1
    assert '"places": ["arrivals", "search"]' in asked[0]


def test_a_child_that_ends_early_leaves_its_claims_not_run() -> None:
    found = scored(claim_on(PLACES["search"]), source="import os\nos._exit(9)\n")
    assert found.judged[0].verdict == "could not run"
    assert not found.could_be_run
    assert len(found.finds) == 1, "what was planted was found, whether or not it could be run"


def test_a_child_that_never_ends_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "SECONDS", 1.5)
    found = scored(claim_on(PLACES["search"]), source="while True: pass\n")
    assert "within" in found.judged[0].evidence
    assert not found.could_be_run


def test_what_the_reviewed_code_prints_is_no_result() -> None:
    forged = 'print(\'{"place": "search", "red": false, "evidence": "forged"}\', flush=True)\n'
    found = scored(claim_on(PLACES["search"]), source=f"{LOCKERS.text}\n{forged}")
    assert found.judged[0].verdict == "proved"


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: set[str] = set()

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.seen.add(tag)


HOSTILE = '<script>alert(1)</script><img src=x onerror=alert(1)> \x1b[2J\x1b]0;owned\x07 \u202e "quoted" & \x00'


def test_hostile_words_are_shown_as_words() -> None:
    claims = [Claim(HOSTILE, 1, 1, "", HOSTILE), Claim("lockers.py", 86, 86, "sql_injection", HOSTILE)]
    found = score(claims, LOCKERS, notes=[HOSTILE])
    for text in (str(found), found.to_html()):
        assert not any(letter in text for letter in "\x1b\x07\x00\u202e")
    tags = _Tags()
    tags.feed(found.to_html())
    assert tags.seen <= {"p", "strong", "table", "thead", "tbody", "tr", "th", "td", "span"}
    assert "\x1b" not in str(to_sarif(found)["runs"][0]["results"][0]["message"])


def test_a_long_review_is_shown_in_part_and_says_so() -> None:
    found = score([Claim("other.py", 1, 1, "", "x" * 5_000)] * 3_000, LOCKERS)
    assert len(str(found)) < 20_000 and len(found.to_html()) < 70_000
    assert "2,940 claims more" in str(found) and "2,940 claims more" in found.to_html()
    assert len(found.to_plain()["claims"]) == 3_000


def test_sarif_out_is_sarif_in() -> None:
    first = score_text(shipped_review())
    written = to_sarif(first)
    assert written["version"] == "2.1.0"
    import json

    read = read_review(json.dumps(written))
    assert read.format == "sarif"
    assert [(claim.first, claim.last, claim.hazard) for claim in read.claims] == [
        (one.claim.first, one.claim.last, one.claim.hazard) for one in first.judged
    ]


def test_the_assistants_review_of_the_pull_request_is_worth_looking_at() -> None:
    found = score_text(shipped_review())
    assert (len(found.finds), found.false_alarms) == (4, 4)
    assert {one.verdict for one in found.judged} == {"proved", "refuted"}


def test_three_of_the_nine_comments_of_the_short_review_are_true() -> None:
    found = score_text(shipped_review("rooms"), "rooms")
    assert (found.count("proved"), found.count("refuted")) == (3, 6)


def test_two_reviews_side_by_side() -> None:
    mine = score_findings([(76, "resource_leaks"), (86, "sql_injection"), (20, "sql_injection")])
    theirs = score_findings([(86, "sql_injection"), (110, "n_plus_one_queries")])
    both = SideBySide(mine, theirs, show_all=True)
    assert both.overlap() == {"both": 1, "only you": 1, "only the assistant": 1, "neither": 4}
    assert "False alarms: you 1, the assistant 0." in both.in_words()
    for word in ("race_conditions", "missed", "found"):
        assert word in str(both) and word in both.to_html()


def test_the_assistants_claims_that_were_no_hits_stand_below_the_table() -> None:
    theirs = score_text(shipped_review())
    both = SideBySide(score_findings([(76, "resource_leaks")]), theirs)
    assert [one.verdict for one in theirs.no_hits] == ["refuted"] * theirs.false_alarms
    for text in (str(both), both.to_html()):
        below = text.partition("4 claims of the assistant were no hits")[2]
        for words in ("never closes it", "catches everything", "A query inside a loop", "and deadlocks"):
            assert words in below
        assert "One query for each member" not in below and below.count("refuted") == 4
    none = SideBySide(theirs, score_findings([(86, "sql_injection")]))
    assert "0 claims of the assistant were no hits." in str(none)


def test_the_ledger_says_what_was_run_and_shows_each_claim() -> None:
    """A claim's own trigger is never run: nonsense at a planted place is proved by the course's."""
    found = scored(Claim("lockers.py", 86, 87, "sql_injection", "nonsense. Trigger: the moon is full."))
    assert found.count("proved") == 1
    for text in (str(found), found.to_html()):
        assert "the moon is full" in text
        assert "own trigger for that place and that hazard" in text and "also where it is true" in text


def test_what_neither_found_is_counted_and_not_shown() -> None:
    mine = score_findings([(76, "resource_leaks")])
    theirs = score_findings([(86, "sql_injection")])
    both = SideBySide(mine, theirs)
    assert both.overlap()["neither"] == 5 and "neither 5" in str(both)
    assert [place.hazard for place in both.shown] == ["resource_leaks", "sql_injection"]
    for words in (str(both), both.to_html()):
        assert "race_conditions" not in words and "missing_authorization" not in words


def test_the_assistants_review_opens_at_five_findings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("course_lib.review.side_by_side.events", lambda _kind: [])
    five = [(line, "data_structures") for line in (1, 20, 40, 60, 80)]
    assert "opens at 5" in repr(beside_the_assistant(five[:4]))
    opened = beside_the_assistant(five)
    assert isinstance(opened, SideBySide) and not opened.show_all
    assert isinstance(beside_the_assistant([], show_all=True), SideBySide)
    passed = {"task": "FINDINGS", "status": "pass"}
    monkeypatch.setattr("course_lib.review.side_by_side.events", lambda _kind: [passed])
    opened = beside_the_assistant(five)
    assert isinstance(opened, SideBySide) and opened.show_all


def test_a_review_without_a_claim_is_not_scored_in_numbers() -> None:
    assert "no claim was found to score" in score([], pull_request()).summary()


def test_by_hazard() -> None:
    found = score_findings([(86, "sql_injection"), (20, "sql_injection"), (20, "race_conditions")])
    assert found.by_hazard() == {"race_conditions": (0, 1), "sql_injection": (1, 1)}
