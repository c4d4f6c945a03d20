"""A verdict and a note as a notebook shows them: plain text that is complete, and the same as HTML."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from typing import Any

from course_lib.reading import Check, TaskVerdict, Verdict
from course_lib.widgets import prose
from course_lib.widgets.page import GREEN, GREY, PINK, SKY, VERMILION, WIDGET_VIEW, View, kept

_COLOURS = {"pass": GREEN, "fail": VERMILION, "error": PINK, "unmeasured": SKY, "skipped": GREY}
_WORDS = {
    "pass": "Pass",
    "fail": "Not yet",
    "error": "Could not run",
    "unmeasured": "Unmeasured",
    "skipped": "Skipped",
}
_MARKS = {"pass": "✓", "fail": "✗", "error": "!", "unmeasured": "?", "skipped": "–"}


@dataclass(frozen=True)
class Note:
    """A short text for the learner, shown as it is written; where it is Markdown as well, a page renders that."""

    text: str
    markdown: str = ""

    def __repr__(self) -> str:
        return self.text

    def _repr_mimebundle_(self, **_asked: Any) -> dict[str, Any]:
        return {"text/plain": self.text, **({"text/markdown": self.markdown} if self.markdown else {})}


@dataclass(frozen=True, repr=False)
class VerdictView(View):
    """A verdict to look at; `passed` and `verdict` are there for code.

    `judged` says what was judged; `desk` makes the row of buttons below, where a page can show one.
    """

    verdict: Verdict
    evidence: dict[str, Any] | None = None
    footer: str = ""
    judged: str = ""
    desk: Callable[[], Any] | None = None

    @property
    def passed(self) -> bool:
        """True only where every judged task passed: `assert check(f).passed` grades a cell elsewhere."""
        return self.verdict.passed

    def __str__(self) -> str:
        tasks = "\n\n".join(map(str, self.verdict.tasks))
        return "\n\n".join(filter(None, [tasks, self.judged, self.footer]))

    def to_html(self) -> str:
        tasks = "".join(_task_html(task) for task in self.verdict.tasks)
        judged = f'<div style="margin-top:.6em">{escape(self.judged)}</div>' if self.judged else ""
        return f"<div>{tasks}{judged}{_footer_html(self.footer)}</div>"

    def _ipython_display_(self) -> None:
        from IPython.display import display

        bundle = self.static_bundle()
        shown = {**bundle, "text/html": kept(bundle["text/html"])} if self.desk else bundle
        display(shown, raw=True)  # type: ignore[no-untyped-call]  # IPython has no types
        if self.desk:
            alive = self.desk()._repr_mimebundle_()
            view = (alive[0] if isinstance(alive, tuple) else alive)[WIDGET_VIEW]
            display({WIDGET_VIEW: view}, raw=True)  # type: ignore[no-untyped-call]  # the same


@dataclass(frozen=True, repr=False)
class ReplayedVerdict(VerdictView):
    """A verdict with the order of steps that broke the code, to step through below it."""

    def _ipython_display_(self) -> None:
        from IPython.display import display

        from course_lib.widgets.replay import Replay  # a widget, and only this verdict needs one

        super()._ipython_display_()
        if self.evidence is not None:
            display(Replay(self.evidence))  # type: ignore[no-untyped-call]  # IPython has no types


def _footer_html(footer: str) -> str:
    """The lines as they stand, with code shown as code; nothing where there are none."""
    lines = "\n".join(map(prose.line, footer.split("\n")))
    return f'<div style="white-space:pre-wrap;margin-top:.6em">{lines}</div>' if footer else ""


def _task_html(told: TaskVerdict) -> str:
    rows = "".join(_check_html(check, told.reason) for check in told.checks)
    colour = _COLOURS[told.status]
    table = f'<table style="margin:.5em 0 0 0"><tbody>{rows}</tbody></table>' if rows else ""
    return (
        f'<div style="border-left:.4em solid {colour};padding:.2em 0 .2em .9em">'
        f"<div><strong>{_WORDS[told.status]}</strong> · <code>{escape(told.task)}</code></div>"
        f'<div style="margin-top:.2em">{escape(told.reason)}</div>{table}{_printed_html(told)}</div>'
    )


def _printed_html(told: TaskVerdict) -> str:
    """The last lines that the code printed, as they are."""
    if not told.printed:
        return ""
    lines = f'<pre style="margin:0;white-space:pre-wrap;overflow-wrap:anywhere">{escape(told.printed)}</pre>'
    return f'<div style="margin-top:.5em">It printed:{lines}</div>'


def _check_html(check: Check, reason: str) -> str:
    """One row; feedback that is the verdict's reason already stands above the table."""
    cell = 'style="text-align:left;vertical-align:top;white-space:normal;max-width:56em"'
    mark = f'<td style="vertical-align:top;color:{_COLOURS[check.status]}"><strong>{_MARKS[check.status]}</strong></td>'
    details = [escape(check.measured)] if check.measured else []
    if check.status != "pass":
        details += [f"expected: {escape(check.expected)}"] if check.expected else []
        details += [escape(check.feedback)] if check.feedback and not reason.startswith(check.feedback) else []
    word = _WORDS[check.status].lower()
    return (
        f"<tr>{mark}<td {cell}>{escape(check.name)} <em>({word})</em></td><td {cell}>{'<br>'.join(details)}</td></tr>"
    )
