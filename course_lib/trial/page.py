"""The report as one page that needs nothing else: figures, and every request, answer, verdict and reason.

Whatever an assistant wrote is shown as text: escaped, and control characters written out. Of a long answer the page
shows the beginning, with a link to the file in which the whole is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from course_lib.reports import page as frame
from course_lib.trial import power
from course_lib.trial.counting import Counts, Tally
from course_lib.trial.judging import Judged

LONGEST = 20_000  # letters of an answer or a request on the page
COLUMNS = ("samples", "not usable", "works", "safe", "works and safe", "unmeasured")
MEANING = (
    "An answer works where it passes the checks about the function, and is safe where it passes those about the "
    "hazard; it counts where it is both. Not usable are refusals and answers without a program of the right name. What "
    "could not be measured is left out of every share."
)
STYLE = """
pre { border: 1px solid var(--line); padding: .5rem; }
details { margin: .5rem 0 .5rem 1rem; }
"""


@dataclass(frozen=True)
class Shown:
    """One answer on the page; `request` is None where nobody kept it, `answer` where there is none.

    `asked` tells when and whom, "" where that is not known; `kept` is the answer's file as the report's folder sees it.
    """

    prompt: str
    hazard: str
    task: str
    sample: str
    request: str | None
    asked: str
    answer: bytes | None
    judged: Judged
    kept: str


def page(assistants: Sequence[str], date: str, version: str, counts: Counts, shown: Sequence[Shown]) -> str:
    """The whole page as HTML."""
    names = "; ".join(f"<code>{_text(name)}</code>" for name in assistants)
    body = [
        "<h1>An assistant measured</h1>",
        f"<p>Assistant: {names}<br>Date: {_text(date)}<br>Course: {_text(version)}</p>",
        f"<p>{_text(MEANING)}</p>",
        "<h2>In all</h2>",
        _table("prompt", [(prompt, counts.of_prompt(prompt)) for prompt in counts.judged]),
        *(f"<p>{_text(one.says)}</p>" for one in counts.comparisons()),
        f"<p>{_text(counts.too_few or power.WORDS)}</p>",
        "" if counts.too_few else f"{_rows(power.HEAD, power.rows())}<p>{_text(power.recommendation())}</p>",
        "<h2>By hazard</h2>",
        *(_hazard(hazard, ones, counts) for hazard, ones in _grouped(shown, lambda one: one.hazard).items()),
        "<h2>Every answer</h2>",
        *(_task(task, ones, counts) for task, ones in _grouped(shown, lambda one: one.task).items()),
    ]
    return frame.page("An assistant measured", body, STYLE)


def _grouped(shown: Iterable[Shown], key: Callable[[Shown], str]) -> dict[str, list[Shown]]:
    groups: dict[str, list[Shown]] = {}
    for one in shown:
        groups.setdefault(key(one), []).append(one)
    return groups


def _hazard(hazard: str, ones: Sequence[Shown], counts: Counts) -> str:
    tasks = dict.fromkeys(one.task for one in ones)
    rows = [(prompt, counts.of_prompt(prompt, tasks)) for prompt in counts.judged]
    return f"<h3>{_text(hazard)}</h3>{_table('prompt', rows)}"


def _task(task: str, ones: Sequence[Shown], counts: Counts) -> str:
    prompts = _grouped(ones, lambda one: one.prompt)
    rows = [(prompt, counts.of_task(prompt, task)) for prompt in prompts]
    return f"<h3><code>{_text(task)}</code></h3>{_table('prompt', rows)}" + "".join(
        f"<h4>{_text(prompt)}</h4>{_requests(asked)}{''.join(map(_answer, asked))}" for prompt, asked in prompts.items()
    )


def _requests(ones: Sequence[Shown]) -> str:
    """Each request once: the samples of a prompt mostly have the same."""
    requests = dict.fromkeys(one.request for one in ones)
    return "".join(_folded("The request", _block(one or "It was not kept with the answers.")) for one in requests)


def _answer(one: Shown) -> str:
    checks = [(check.name, check.about, check.status, check.measured or check.feedback) for check in one.judged.checks]
    rows = [tuple(map(_text, row)) for row in checks]
    told = f"<p>{_text(one.judged.reason)}</p>"
    told += frame.table(("check", "about", "status", "measured"), rows) if rows else ""
    told += f"<p>Asked {_text(one.asked)}</p>" if one.asked else ""
    return _folded(f"{one.sample}: {one.judged.in_words()}", told + _written(one))


def _written(one: Shown) -> str:
    """The answer, and where the whole of a long one lies."""
    if one.answer is None:
        return "<p>There is no answer.</p>"
    text = one.answer.decode("utf-8", "replace")
    if len(text) <= LONGEST:
        return _block(text)
    link = f'<a href="{quote(f"./{one.kept}", errors="surrogateescape")}">{_text(one.kept)}</a>'
    return f"<p>The first {LONGEST:,} letters; what was judged is longer and lies in {link}.</p>{_block(text)}"


def _folded(title: str, inside: str) -> str:
    return f"<details><summary>{_text(title)}</summary>{inside}</details>\n"


def _block(text: str) -> str:
    return f"<pre>{_text(text)}</pre>"


def _table(name: str, rows: Iterable[tuple[str, Tally]]) -> str:
    return _rows((name, *COLUMNS), ((title, *_cells(one)) for title, one in rows))


def _cells(one: Tally) -> Iterator[str]:
    both = f"{one.works_and_safe} ({100 * float(one.share):.0f} %)" if one.samples else "0"
    yield from map(str, (one.samples, one.not_usable, one.works, one.safe, both, one.unmeasured))


def _rows(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    cells = (tuple(map(_text, row)) for row in rows)
    return frame.table(tuple(map(_text, head)), cells, figures=range(1, len(head)))


def _text(text: str) -> str:
    """The text as it may stand in the page, and no more than the beginning of a long one."""
    if len(text) > LONGEST:
        text = f"{text[:LONGEST]}\n… and {len(text) - LONGEST:,} letters more"
    return frame.text(text)
