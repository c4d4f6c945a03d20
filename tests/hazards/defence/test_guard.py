"""How an acceptance test is judged: what it is given to run in, what its answers count for, and how they are told."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from course_lib.hazards.defence.candidates import Candidate, candidates, changed
from course_lib.hazards.defence.demonstrations import DEMONSTRATIONS
from course_lib.hazards.defence.guard import ACCEPTS, CATCHES, GUARD, MOST_HANGS
from course_lib.hazards.terms import Hangs
from course_lib.reading import Check
from course_lib.runner.judge import judge
from course_lib.runner.session import Session
from course_lib.runner.source import Cell, Submission
from course_lib.runner.warm import WarmParent
from course_lib.syllabus import find_lesson

BREAKS = {one.source: one.breaks for one in candidates()}
RETURNED: dict[str, Any] = {"returned": "None"}
ACCUSED = {"raised": "AssertionError", "accuses": True, "line": 7, "message": "", "bases": []}
OTHER = {**ACCUSED, "raised": "OSError", "accuses": False, "line": 30, "message": "not there"}


def judged(answer: Callable[[str], dict[str, Any]]) -> dict[str, Check]:
    """The checks where `answer` says how a call with a candidate that breaks that promise ends."""

    def observe(cases: Any, **_limits: Any) -> list[dict[str, Any]]:
        return [answer(BREAKS[case["source"]]) for case in cases]

    return {check.name: check for check in GUARD.judge(observe)}


def rightly(breaks: str) -> dict[str, Any]:
    return ACCUSED if breaks else RETURNED


def test_there_are_enough_candidates_of_each_kind_and_no_two_are_one() -> None:
    counts = {promise: list(BREAKS.values()).count(promise) for promise in ["", *CATCHES]}
    assert counts.pop("") >= 8
    assert all(count >= 4 for count in counts.values()), counts
    assert len(BREAKS) == len(candidates())


def test_a_candidate_tells_nothing_of_itself() -> None:
    words = ("breaks", "promise", "broken", *(one.name for one in candidates()))
    told = [(one.name, word) for one in candidates() for word in words if word in one.source and len(word) > 12]
    assert told == []
    assert all('"""' not in one.source.partition("def save_upload")[0] for one in candidates())


def test_a_change_that_fits_nowhere_is_an_error() -> None:
    with pytest.raises(ValueError, match="stand 0 times"):
        changed("a = 1\n", "-a = 2\n+a = 3", "other")
    assert changed("a = 1\nb = 2\n", "-a = 1\n+a = 3\n b = 2", "this") == "a = 3\nb = 2\n"


def test_each_call_says_which_of_how_many_it_is() -> None:
    parts = []

    def observe(_cases: Any, part: tuple[int, int], **_limits: Any) -> list[dict[str, Any]]:
        parts.append(part)
        return [RETURNED]

    GUARD.judge(observe)

    assert parts == [(number, len(BREAKS)) for number in range(1, len(BREAKS) + 1)]


def test_everything_told_rightly_passes() -> None:
    assert {check.status for check in judged(rightly).values()} == {"pass"}


def test_each_promise_is_counted_by_itself() -> None:
    checks = judged(lambda breaks: RETURNED if breaks == "limit" else rightly(breaks))
    assert [name for name, check in checks.items() if check.status == "fail"] == [CATCHES["limit"]]
    assert checks[CATCHES["limit"]].measured == "0 of 6 caught"


def test_another_exception_is_no_catch_and_its_line_is_told() -> None:
    checks = judged(lambda breaks: OTHER if breaks == "name" else rightly(breaks))
    assert "let OSError out on 6 (in line 30: not there)" in checks[CATCHES["name"]].feedback
    assert "only AssertionError is a catch" in checks[CATCHES["name"]].feedback


@pytest.mark.parametrize("ending", [ACCUSED, OTHER])
def test_a_right_answer_has_to_be_accepted(ending: dict[str, Any]) -> None:
    checks = judged(lambda breaks: rightly(breaks) if breaks else ending)
    assert [name for name, check in checks.items() if check.status == "fail"] == [ACCEPTS]


def test_what_a_guard_returned_is_told_and_that_it_is_no_answer() -> None:
    checks = judged(lambda _breaks: {"returned": "False"})
    assert checks[ACCEPTS].status == "pass"
    assert "accepted (it returned False) 6; only AssertionError is a catch" in checks[CATCHES["limit"]].feedback


@pytest.mark.parametrize(("ending", "tells"), [(ACCUSED, True), (OTHER, False)])
def test_what_is_left_open_is_told_to_a_guard_that_accuses_and_to_no_other(ending: Any, tells: bool) -> None:
    feedback = judged(lambda _breaks: ending)[ACCEPTS].feedback
    assert ("leaves open" in feedback) is tells


def test_a_guard_that_takes_no_candidate_is_told_so() -> None:
    words = "guard() takes 0 positional arguments but 1 was given"
    nobody = {**OTHER, "raised": "TypeError", "line": None, "message": words}
    feedback = judged(lambda _breaks: nobody)[ACCEPTS].feedback
    assert f"could not be called with one argument, the candidate, on 10 ({words})" in feedback


def test_few_silences_are_waited_for() -> None:
    """The others are told as not asked; none of it passes."""
    waited: list[str] = []

    def hangs(breaks: str) -> dict[str, Any]:
        waited.append(breaks)
        raise Hangs

    checks = judged(hangs)
    assert len(waited) == MOST_HANGS
    assert {check.status for check in checks.values()} == {"fail"}
    assert "gave no answer within 20 seconds on 1" in checks[ACCEPTS].feedback


@pytest.fixture(scope="module")
def parent() -> Iterator[WarmParent]:
    started = WarmParent.spawned("defence")
    yield started
    started.close()


CANDIDATE = next(one for one in candidates() if not one.breaks)


def asked(parent: WarmParent, guard: str, candidate: Candidate = CANDIDATE, seconds: float = 20.0) -> dict[str, Any]:
    """What a guard with this body answers on one candidate, in the child."""
    body = "".join(f"    {line}\n" for line in guard.splitlines())
    source = f"def guard(save_upload):\n{body}"
    submission = Submission((Cell("guard.py", source.encode()),), notebook=False)
    session = Session(parent, submission, "guard", GUARD)
    return session([{"source": candidate.source}], seconds=seconds, longest=60.0)[0]


@pytest.mark.parametrize(
    "body",
    [
        "import tempfile, os\nassert os.listdir(tempfile.gettempdir()) == [] == os.listdir('.')",
        "import threading\nthreads = [threading.Thread(target=int) for _ in range(50)]\n"
        "[one.start() for one in threads]; [one.join() for one in threads]",
        "import tracemalloc\ntracemalloc.start(); data = bytes(1 << 22)\n"
        "assert tracemalloc.get_traced_memory()[1] >= 1 << 22; tracemalloc.stop()",
        "import os, tempfile\nbefore = len(os.listdir('/proc/self/fd'))\nfile = tempfile.TemporaryFile()\n"
        "assert len(os.listdir('/proc/self/fd')) == before + 1",
        "import unittest, doctest, warnings, gc, concurrent.futures, asyncio, random, weakref, mmap",
        "import tempfile\nwith tempfile.NamedTemporaryFile() as file:\n    file.truncate(300 << 20)",
    ],
)  # fmt: skip
def test_what_a_guard_may_use_works(parent: WarmParent, body: str) -> None:
    assert asked(parent, body) == RETURNED


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("return False", "False"),
        ("return 'fine'", "something"),
        ("return 10**30", "something"),
        ("yield", "a generator or a coroutine, of which nothing ran"),
        ("print('no')", "None"),
    ],
)
def test_what_a_guard_returns_is_told(parent: WarmParent, body: str, told: str) -> None:
    assert asked(parent, body) == {"returned": told}


@pytest.mark.parametrize(
    ("body", "accuses"),
    [
        ("assert False", True),
        ("raise type('Mine', (AssertionError,), {})", True),
        ("raise type('AssertionError', (Exception,), {})", False),
        ("raise SystemExit", False),
        ("raise MemoryError", False),
        ("import inspect\ninspect.getsource(save_upload)", False),
    ],
)
def test_only_an_assertion_error_accuses(parent: WarmParent, body: str, accuses: bool) -> None:
    assert asked(parent, body)["accuses"] is accuses


def test_of_a_gathered_traceback_the_last_words_are_told(parent: WarmParent) -> None:
    body = "import traceback\ntry:\n    assert False, '3 is not 4\\nat all'\nexcept AssertionError:\n"
    assert (
        asked(parent, f"{body}    raise AssertionError(traceback.format_exc())")["message"]
        == "AssertionError: 3 is not 4"
    )


def test_what_an_accusation_says_is_told_where_it_is_wrong() -> None:
    feedback = judged(lambda _breaks: {**ACCUSED, "message": "3 is not 4"})[ACCEPTS].feedback
    assert "it accused 10 (in line 7: 3 is not 4)" in feedback


def test_a_guard_that_waits_for_ever_hangs(parent: WarmParent) -> None:
    with pytest.raises(Hangs):
        asked(parent, "import threading\nthreading.Event().wait()", seconds=1.0)


def test_a_guard_that_waits_a_while_is_waited_for(parent: WarmParent) -> None:
    assert asked(parent, "import time\ntime.sleep(5)") == RETURNED


def test_a_guard_that_prints_its_candidate_shows_it_to_nobody(parent: WarmParent) -> None:
    """Neither what it prints nor the input on which it hangs is told: the candidates stay unseen."""
    lesson = find_lesson("09_defence")
    assert lesson is not None
    source = "import inspect\n\ndef guard(save_upload):\n    print('SEEN', save_upload, flush=True)\n"
    verdict = judge(lesson, Submission((Cell("guard.py", source.encode()),), notebook=False), parent, ["guard"])

    assert verdict.tasks[0].printed == ""
    assert GUARD.unseen and DEMONSTRATIONS.unseen
