"""An interrupt that came too late says nothing of the code, and takes nothing from what is known besides."""

from __future__ import annotations

from typing import Any

from course_lib.hazards.error_handling import fetching
from course_lib.hazards.error_handling.runs import INTERRUPTS, Call, Ledger
from course_lib.instruments.faults import Cell
from course_lib.reading import overall

GOOD = {Call("good", 7): Cell("good", "200", "data", "")}
CAME_OUT = {"arrived": True, "late": False, "sent": True, "left": 0}
LATE = {**CAME_OUT, "late": True, "sent": False, "result": {"returned": {"id": 7}}}


def interrupted(**instead: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """What each interrupt led to: it came out, but for those that are given."""
    came_out = {name: {**CAME_OUT, "result": {"raised": "", "bases": [name.split()[0]]}} for name in INTERRUPTS}
    return {**came_out, **instead}


def statuses(ledger: Ledger, monkeypatch: Any) -> dict[str, str]:
    monkeypatch.setattr(fetching, "measure", lambda _observe: ledger)
    return {check.name: check.status for check in fetching.judge_fetch_profile(lambda *_, **__: [])}


def test_one_that_came_too_late_is_unmeasured(monkeypatch: Any) -> None:
    seen = statuses(Ledger(told=GOOD, interrupted=interrupted(SystemExit=LATE)), monkeypatch)

    assert seen[fetching.INTERRUPTS] == "unmeasured"
    assert overall(list(seen.values())) == "unmeasured"


def test_what_is_wrong_besides_is_wrong_all_the_same(monkeypatch: Any) -> None:
    other = {Call("good, in chunks", 7): Cell("good, in chunks", "200", "crash", "")}

    seen = statuses(Ledger(told=GOOD | other, interrupted=interrupted(SystemExit=LATE)), monkeypatch)

    assert (seen[fetching.WORKS], seen[fetching.INTERRUPTS]) == ("fail", "unmeasured")
    assert overall(list(seen.values())) == "fail"


def test_one_that_did_not_come_out_is_wrong_whatever_came_too_late(monkeypatch: Any) -> None:
    swallowed = {**CAME_OUT, "result": {"returned": {"error": "interrupted"}}}

    ledger = Ledger(told=GOOD, interrupted=interrupted(KeyboardInterrupt=LATE, SystemExit=swallowed))

    seen = statuses(ledger, monkeypatch)

    assert seen[fetching.INTERRUPTS] == "fail"
