"""How many answers of each prompt are usable, work, are safe; and whether two prompts differ.

Only what works and is safe counts in a comparison: an answer that does nothing is safe, too. Prompts are compared task
by task, since some tasks are easy and some hard for everybody.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from fractions import Fraction
from itertools import combinations
from typing import Any

from course_lib.hazards.plainly import counted
from course_lib.reading import table
from course_lib.trial.judging import Judged
from course_lib.trial.sign_flip import sign_flip

LEVEL = 0.05
FEWEST_TASKS = 6  # with five, two of the 32 choices of signs are already more than 5 %


@dataclass(frozen=True)
class Tally:
    """Counts of answers; `samples` are those that were judged, and `unmeasured` ones stand beside them."""

    samples: int
    usable: int
    works: int
    safe: int
    works_and_safe: int
    unmeasured: int

    @property
    def not_usable(self) -> int:
        return self.samples - self.usable

    @property
    def share(self) -> Fraction:
        """works_and_safe of samples; there must be some."""
        return Fraction(self.works_and_safe, self.samples)


def tally(judged: Iterable[Judged]) -> Tally:
    every = list(judged)
    told = [one for one in every if not one.unmeasured]
    return Tally(
        len(told),
        sum(one.usable for one in told),
        sum(one.works for one in told),
        sum(one.safe for one in told),
        sum(one.works_and_safe for one in told),
        len(every) - len(told),
    )


@dataclass(frozen=True)
class Comparison:
    """Two prompts over the tasks that both have; `difference` is a less b in points, None where they share no task."""

    a: str
    b: str
    difference: float | None
    p: float | None
    says: str


@dataclass(frozen=True)
class Counts:
    """All answers of a trial, by prompt and task."""

    judged: dict[str, dict[str, list[Judged]]]

    def of_prompt(self, prompt: str, tasks: Iterable[str] | None = None) -> Tally:
        """Of all its tasks, or of those that are named."""
        chosen = self.judged[prompt] if tasks is None else [task for task in tasks if task in self.judged[prompt]]
        return tally(one for task in chosen for one in self.judged[prompt][task])

    def of_task(self, prompt: str, task: str) -> Tally:
        return tally(self.judged[prompt].get(task, ()))

    @property
    def is_whole(self) -> bool:
        return not any(self.of_prompt(prompt).unmeasured for prompt in self.judged)

    def comparisons(self) -> list[Comparison]:
        return [self._compared(later, earlier) for earlier, later in combinations(self.judged, 2)]

    def _compared(self, a: str, b: str) -> Comparison:
        pairs = [(self.of_task(a, task), self.of_task(b, task)) for task in self.judged[a] if task in self.judged[b]]
        differences = [one.share - other.share for one, other in pairs if one.samples and other.samples]
        if not differences:
            return Comparison(a, b, None, None, f"no difference shown: no task has answers to both {a} and {b}")
        points, p = 100 * sum(differences, Fraction(0)) / len(differences), sign_flip(differences)
        return Comparison(a, b, round(float(points), 2), p, _in_words(a, b, float(points), p, differences))

    def __str__(self) -> str:
        head = ("prompt", "samples", "not usable", "works", "safe", "works and safe", "unmeasured")
        rows = [(prompt, *_row(self.of_prompt(prompt))) for prompt in self.judged]
        return "\n".join([table([head, *rows]), "", *(one.says for one in self.comparisons())]).rstrip()

    def to_plain(self) -> dict[str, Any]:
        """The contract's JSON object."""
        prompts = {
            prompt: {
                **asdict(self.of_prompt(prompt)),
                "tasks": {task: asdict(self.of_task(prompt, task)) for task in tasks},
            }
            for prompt, tasks in self.judged.items()
        }
        return {"prompts": prompts, "comparisons": [asdict(one) for one in self.comparisons()]}


def _row(one: Tally) -> tuple[int, ...]:
    return one.samples, one.not_usable, one.works, one.safe, one.works_and_safe, one.unmeasured


def _in_words(a: str, b: str, points: float, p: float, differences: Sequence[Fraction]) -> str:
    over = f"over {counted(len(differences), 'task')} (p = {p:.2g})"
    if p <= LEVEL:
        ahead, behind = (a, b) if points > 0 else (b, a)
        return f"{ahead} is {abs(points):.1f} points ahead of {behind} {over}"
    few = "; fewer than six tasks that differ can show none" if sum(map(bool, differences)) < FEWEST_TASKS else ""
    return f"no difference shown between {a} and {b} {over}{few}"
