"""Judges an acceptance test by what it accepts and what it catches, among candidates that it has not seen.

It is called once for each candidate, in a process of its own. What keeps all seven promises must be accepted: the call
returns. What breaks one must be caught: the call raises AssertionError. Anything else is neither. Candidates are not
shown; what is told of a call is what it returned or raised, and the line of the test that let it out.
"""

from __future__ import annotations

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
NOTHING, MESSAGE = "None", 90  # what a test that accepts returns, as Python prints it; letters of a text
ACCEPTED, ACCUSED = "accepted", "accused"
NO_ANSWER, NOT_ASKED = "gave no answer within 20 seconds on", "was not asked about"
NOT_CALLED = "could not be called with one argument, the candidate, on"
ONLY = "only AssertionError is a catch"
LEFT_OPEN = "what a promise leaves open, in its brackets and under 'not promised', an upload may do"

Asked = list[tuple[Candidate, "Answer"]]


@dataclass(frozen=True)
class Answer:
    """How a call ended: "accepted", "accused", or words for what is neither; an exception's last line and its text."""

    how: str
    line: int | None = None
    says: str = ""

    @property
    def accepts(self) -> bool:
        return self.how.startswith(ACCEPTED)


def _judge(observe: Observe) -> list[Check]:
    asked = _ask(observe)
    groups = {promise: [answer for one, answer in asked if one.breaks == promise] for promise in ("", *PROMISES)}
    return [_accepts(groups[""]), *(_catches(promise, groups[promise]) for promise in PROMISES)]


def _ask(observe: Observe) -> Asked:
    """Each candidate with its answer; after a few that never came, nothing more is asked."""
    asked: Asked = []
    hangs = 0
    for number, candidate in enumerate(candidates(), 1):
        part = (number, len(candidates()))
        answer = _answer(observe, candidate, part) if hangs < MOST_HANGS else Answer(NOT_ASKED)
        hangs += answer.how == NO_ANSWER
        asked.append((candidate, answer))
    return asked


def _answer(observe: Observe, candidate: Candidate, part: tuple[int, int]) -> Answer:
    try:
        [outcome] = observe([{"source": candidate.source}], seconds=SECONDS, longest=LONGEST, part=part)
    except Hangs:
        return Answer(NO_ANSWER)
    if "returned" in outcome:
        given = outcome["returned"]
        return Answer(ACCEPTED if given == NOTHING else f"{ACCEPTED} (it returned {given})")
    if outcome["accuses"]:
        return Answer(ACCUSED, outcome["line"], outcome["message"])
    if outcome["raised"] == "TypeError" and outcome["line"] is None:
        return Answer(NOT_CALLED, says=outcome["message"])
    return Answer(f"let {outcome['raised'][:40]} out on", outcome["line"], outcome["message"])


def _accepts(answers: Sequence[Answer]) -> Check:
    wrong = [answer for answer in answers if not answer.accepts]
    if not wrong:
        return passed(ACCEPTS, f"{len(answers)} of {len(answers)} accepted")
    told = f"of {len(answers)} candidates that keep all seven promises it {_in_words(wrong)}"
    hint = f"; {LEFT_OPEN}" if any(answer.how == ACCUSED for answer in wrong) else ""
    measured = f"{len(answers) - len(wrong)} of {len(answers)} accepted"
    return failed(ACCEPTS, measured, f"all {len(answers)} accepted", f"your guard errs: {told}{hint}")


def _catches(promise: str, answers: Sequence[Answer]) -> Check:
    name, caught = CATCHES[promise], sum(answer.how == ACCUSED for answer in answers)
    measured = f"{caught} of {len(answers)} caught"
    if caught == len(answers):
        return passed(name, measured)
    others = [answer for answer in answers if answer.how != ACCUSED]
    told = f"of {len(answers)} candidates that break *{promise}* it caught {caught}, and {_in_words(others)}"
    hint = f"; {ONLY}" if any(one.how not in (ACCEPTED, NO_ANSWER, NOT_ASKED) for one in others) else ""
    return failed(name, measured, f"all {len(answers)} caught", f"{told}{hint}")


def _in_words(answers: Iterable[Answer]) -> str:
    """`accused 2 (in line 14), let OSError out on 1 (in line 9: no space)`: how many calls ended how, and where.

    Of several texts of one exception the first is told.
    """
    ways: dict[str, list[Answer]] = {}
    for answer in answers:
        ways.setdefault(answer.how, []).append(answer)
    return ", ".join(f"{how} {len(those)}{_where(those)}" for how, those in ways.items())


def _where(answers: Sequence[Answer]) -> str:
    lines = sorted({answer.line for answer in answers if answer.line is not None})
    says = next((_cut(answer.says) for answer in answers if answer.says), "")
    place = f"in {'line' if len(lines) == 1 else 'lines'} {', '.join(map(str, lines))}" if lines else ""
    told = ": ".join(filter(None, [place, says]))
    return f" ({told})" if told else ""


def _cut(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= MESSAGE else f"{plain[: MESSAGE - 1]}…"


def _is_blind(outcome: dict[str, Any]) -> bool:
    return "returned" in outcome


GUARD = Task(
    _judge, Control({"source": "def save_upload():\n    return False\n"}, _is_blind), function=[ACCEPTS], unseen=True
)
