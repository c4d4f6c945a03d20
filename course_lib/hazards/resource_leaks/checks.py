"""What both tasks of the exercise are held to: who closed each handle, and how many were open at once.

Every bound is judged at three sizes, the last of which is a hundred times the first: a share of the work, its root, or
a way of its own for large work shows there. In that one the number may not creep either: what stays open to the end
from its second quarter and from its third is no pool. Nothing here depends on time or on when CPython collects: closes
are counted while the ledger keeps every handle alive, peaks while it does not and the collector is off. What it can't
see: a number that grows by one with each thousand, or only with more work than the last size.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from course_lib.hazards.plainly import counted, raised
from course_lib.hazards.terms import Observe
from course_lib.reading import Check, failed, passed, unmeasured

Observation = dict[str, Any]
Wrong = tuple[str, str, str]  # measured, expected, feedback

SIZES = (16, 48)
BUDGET = 8
LONG = 1_000  # opened in one run: then it shows whether one more stays open with each few hundred
MOST_TOLD = 3  # runs in one line


def few_open(name: str, what: str, seen: Sequence[tuple[int, Observation]]) -> Check:
    """The peak of really open handles, at each size."""
    peaks = [(size, one["handles"]["peak"]) for size, one in seen]
    measured = " · ".join(f"{size:,}: at most {peak} open at once" for size, peak in peaks)
    (least, few), (size, most) = peaks[0], max(peaks, key=lambda pair: pair[1])
    creeping = [told for size, one in seen if (told := _creeps(what, size, one["handles"]))]
    if most <= BUDGET and creeping:
        return failed(name, measured, f"at most {BUDGET}, however many", creeping[0])
    if most <= BUDGET:
        return passed(name, measured)
    grew = f"{least} needed {counted(few, what)} open at once" + (f", {size:,} needed {most}" if most > few else "")
    return failed(name, measured, f"at most {BUDGET}, however many", f"{grew}: the number must not grow with the work")


def _creeps(what: str, size: int, handles: dict[str, Any]) -> str | None:
    """In words, where more and more stay open in a long run: some of its second and of its third quarter to the end."""
    opened, standing = handles["opened"], handles["standing"]
    quarters = [4 * (number - 1) // opened for number in standing]
    if opened < LONG or not {1, 2} <= set(quarters):
        return None
    long_ago = counted(sum(quarter < 3 for quarter in quarters), what)
    return f"with {size:,}, {long_ago} opened long before stood open at the end: one more with each few hundred"


def long_run(observe: Observe, case: dict[str, Any]) -> Observation:
    """One case of thousands of handles, with time enough for a slow disk."""
    return observe([case], seconds=25.0, longest=50.0)[0]


def closes_all(name: str, what: str, runs: Sequence[tuple[str, Observation]]) -> Check:
    """Whether each run left nothing to the collector and nothing open."""
    counts = [(when, one["handles"]) for when, one in runs]
    bad = [(when, handles) for when, handles in counts if handles["left"] or handles["open"]]
    measured = " · ".join(_told(when, handles) for when, handles in (bad or counts)[:MOST_TOLD])
    if not bad:
        rest = counts[MOST_TOLD:]
        more = (
            f" · and {sum(handles['opened'] for _, handles in rest):,} in {counted(len(rest), 'more run')}"
            if rest
            else ""
        )
        return passed(name, measured + more)
    when, worst = max(bad, key=lambda run: run[1]["left"] + run[1]["open"])
    return failed(name, measured, "0 left to the garbage collector, 0 still open", _why(when, what, worst))


def _told(when: str, handles: dict[str, Any]) -> str:
    fates = [
        f"{handles[key]:,} {words}"
        for key, words in (("left", "left to the garbage collector"), ("open", "still open"))
        if handles[key]
    ]
    return f"{when}: {handles['opened']:,} opened, {', '.join(fates) or 'all closed by the code'}"


def _why(when: str, what: str, handles: dict[str, Any]) -> str:
    """The reason in the learner's numbers, with the first line that opened what was not closed."""
    where, *_ = next(line for line in handles["lines"] if line[3] or line[4])
    count = handles["left"] + handles["open"]
    fate = "still open when it was over" if handles["open"] else "left for the garbage collector to close"
    verb = "was" if count == 1 else "were"
    line = where.rpartition(":")[2]
    return f"{when}: {count} of {counted(handles['opened'], what)} {verb} {fate} (opened in line {line})"


def around_the_ledger(names: Sequence[str], what: str, worked: Sequence[Observation]) -> list[Check]:
    """Unmeasured checks where handles were opened that no reporting constructor saw; else an empty list.

    `worked` are runs with work to do.
    """
    missed = sum(one["handles"]["unseen"] for one in worked)
    if not missed and all(one["handles"]["opened"] for one in worked):
        return []
    how = (
        f"{counted(missed, what)} opened in a way" if missed else f"the results are there, each {what} opened in a way"
    )
    because = f"{how} that this instrument can't see; it sees open, io, os.open, pathlib, tempfile and sqlite3"
    return [unmeasured(name, because) for name in names]


def what_it_did(outcome: dict[str, Any]) -> str:
    """What a call did where it should have raised something else."""
    return f"raised {raised(outcome)}" if "raised" in outcome else "returned as if nothing had happened"
