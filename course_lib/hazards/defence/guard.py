"""Judges an acceptance test by what it accepts and what it catches, among candidates that it has not seen.

It is called once for each candidate, in a process of its own. What keeps all seven promises must be accepted: the call
returns. What breaks one must be caught: the call raises AssertionError. Anything else is neither. Candidates are not
shown; what is told of a call is the exception and the line of the test that let it out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from course_lib.hazards.defence.candidates import PROMISES, Candidate, candidates
from course_lib.hazards.terms import Control, Hangs, Observe, Task
from course_lib.reading import Check, failed, passed

ACCEPTS = "accuses nothing that keeps all seven"
CATCHES = {promise: f"catches what breaks *{promise}*" for promise in PROMISES}
SECONDS, LONGEST = 20.0, 120.0  # processor or standstill; in all, where a busy machine keeps the test waiting
MOST_HANGS = 2
ACCEPTED, ACCUSED = "accepted", "accused"
NO_ANSWER, NOT_ASKED = "gave no answer within 20 seconds on", "was not asked about"

Asked = list[tuple[Candidate, "Answer"]]


@dataclass(frozen=True)
class Answer:
    """How a call ended: "accepted", "accused", or words for what is neither; and the line that an exception left."""

    how: str
    line: int | None = None


def _judge(observe: Observe) -> list[Check]:
    asked = _ask(observe)
    groups = {promise: [answer for one, answer in asked if one.breaks == promise] for promise in ("", *PROMISES)}
    return [_accepts(groups[""]), *(_catches(promise, groups[promise]) for promise in PROMISES)]


def _ask(observe: Observe) -> Asked:
    """Each candidate with its answer; after a few that never came, nothing more is asked."""
    asked: Asked = []
    hangs = 0
    for candidate in candidates():
        answer = _answer(observe, candidate) if hangs < MOST_HANGS else Answer(NOT_ASKED)
        hangs += answer.how == NO_ANSWER
        asked.append((candidate, answer))
    return asked


def _answer(observe: Observe, candidate: Candidate) -> Answer:
    try:
        [outcome] = observe([{"source": candidate.source}], seconds=SECONDS, longest=LONGEST)
    except Hangs:
        return Answer(NO_ANSWER)
    if "returned" in outcome:
        return Answer(ACCEPTED)
    how = ACCUSED if outcome["accuses"] else f"let {outcome['raised'][:40]} out on"
    return Answer(how, outcome["line"])


def _accepts(answers: Sequence[Answer]) -> Check:
    wrong = [answer for answer in answers if answer.how != ACCEPTED]
    if not wrong:
        return passed(ACCEPTS, f"{len(answers)} of {len(answers)} accepted")
    told = f"of {len(answers)} candidates that keep all seven promises it {_in_words(wrong)}"
    hint = "what a promise leaves open, in its brackets and under 'not promised', an upload may do"
    return failed(ACCEPTS, told, f"all {len(answers)} accepted", f"your guard errs: {told}; {hint}")


def _catches(promise: str, answers: Sequence[Answer]) -> Check:
    name, caught = CATCHES[promise], sum(answer.how == ACCUSED for answer in answers)
    measured = f"{caught} of {len(answers)} caught"
    if caught == len(answers):
        return passed(name, measured)
    others = [answer for answer in answers if answer.how != ACCUSED]
    told = f"of {len(answers)} candidates that break *{promise}* it caught {caught}, and {_in_words(others)}"
    hint = "; only AssertionError is a catch" if any(one.how.startswith("let") for one in others) else ""
    return failed(name, measured, f"all {len(answers)} caught", f"{told}{hint}")


def _in_words(answers: Iterable[Answer]) -> str:
    """`accused 2 (in line 14), let OSError out on 1`: how many calls ended in each way, and where they were left."""
    answers = list(answers)
    lines: dict[str, set[int]] = {}
    for answer in answers:
        lines.setdefault(answer.how, set()).update([] if answer.line is None else [answer.line])
    how_many = Counter(answer.how for answer in answers)
    return ", ".join(f"{how} {count}{_where(lines[how])}" for how, count in how_many.items())


def _where(lines: Iterable[int]) -> str:
    ordered = sorted(lines)
    if not ordered:
        return ""
    return f" (in {'line' if len(ordered) == 1 else 'lines'} {', '.join(map(str, ordered))})"


def _is_blind(outcome: dict[str, Any]) -> bool:
    return "returned" in outcome


GUARD = Task(
    _judge, Control({"source": "def save_upload():\n    return False\n"}, _is_blind), function=[ACCEPTS], unseen=True
)
