"""A form to review a pull request in three steps: good or not, where, which hazard. By mouse or by keyboard.

    form = ReviewForm("lockers")
    form                        # the lines to choose from, in a notebook
    form.add(86, 87, "sql_injection")          # the same without a page
    print(form.as_code())       # FINDINGS = [...], which is what is judged

The lines are a list box: drag or shift-click, or hold Shift and press the arrow keys, to choose several. What is kept
is the plain list underneath, and it alone; it can be typed by hand as well.
"""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import Any

import ipywidgets

from course_lib.reading import table
from course_lib.widgets.keys import Keys
from course_lib.widgets.page import SKY, LiveView, table_html

QUESTIONS = {
    "resource_leaks": "Resource leaks: who closes it, on every way out?",
    "unbounded_growth": "Unbounded growth: who forgets it?",
    "error_handling": "Error handling: who hears of the failure?",
    "race_conditions": "Race conditions: what if two threads do this at once?",
    "n_plus_one_queries": "N+1 queries: how many queries for twice as many rows?",
    "data_structures": "Data structures: how much work for twice as many items?",
    "sql_injection": "SQL injection: what becomes part of the statement?",
    "missing_authorization": "Missing authorization: whose is it, and who asks?",
}
FORM = "course-review"
GOOD, NOT_YET = "good as it is", "not yet"
_TEXTS = Path(__file__).with_name("pull_requests")
_STYLE = "<style>.course-lines select{font-family:var(--jp-code-font-family,monospace);font-size:12px}</style>"

Finding = tuple[int, int, str]


class ReviewForm(LiveView):
    """One pull request, and the findings so far; `told` is what was said last."""

    def __init__(self, name: str = "lockers") -> None:
        self.name, self.told = name, ""
        self.text = (_TEXTS / f"{name}.py.txt").read_text("utf-8")
        self.findings: list[Finding] = []
        self.verdict = ipywidgets.ToggleButtons(
            options=[GOOD, NOT_YET], value=NOT_YET, description="1. Merge it?", style={"description_width": "initial"}
        )
        self.lines = ipywidgets.SelectMultiple(
            options=_choices(self.text), rows=24, description="2. Where?", layout={"width": "calc(100% - 16px)"}
        )
        self.hazard = ipywidgets.Dropdown(
            options=[("choose a hazard", ""), *((words, slug) for slug, words in QUESTIONS.items())],
            description="3. Which?",
            layout={"width": "34em"},
        )
        self.keep = ipywidgets.Button(description="Add this finding", layout={"width": "auto"})
        self.drop = ipywidgets.Button(description="Take the last one out", layout={"width": "auto"})
        self.kept = ipywidgets.Textarea(
            disabled=True, description="Your list:", layout={"width": "calc(100% - 16px)", "height": "10em"}
        )
        self._status = ipywidgets.HTML()
        self._connect()
        self._form = self._laid_out()
        self._show("")

    def _connect(self) -> None:
        self.keep.on_click(lambda _button: self._keep())
        self.drop.on_click(lambda _button: self.take_back())
        self.verdict.observe(self._judged, "value")

    def _laid_out(self) -> Any:
        """The three steps from top to bottom, and the list underneath."""
        self.lines.add_class("course-lines")
        where = ipywidgets.HTML(f"{_STYLE}Choose the line, or the lines, of {escape(self.name)}.py.")
        buttons = ipywidgets.HBox([self.keep, self.drop, self._status], layout={"flex_flow": "row wrap"})
        under = ipywidgets.HTML("What is judged is this list; copy it into the answer's cell.")
        form = ipywidgets.VBox(
            [self.verdict, where, self.lines, self.hazard, buttons, under, self.kept, Keys(form=FORM, fresh=False)],
            layout={"border_left": f"5px solid {SKY}", "padding": "2px 0 2px 12px"},
        )
        form.add_class(FORM)
        return form

    @property
    def by_hand(self) -> str:
        return 'Without a form: form.add(3, 4, "error_handling") in a cell adds one; form.take_back() undoes it.'

    @property
    def widget(self) -> Any:
        return self._form

    def add(self, first: int, last: int, hazard: str) -> None:
        """Adds one finding; raises ValueError where there are no such lines or no such hazard."""
        lines = self.text.count("\n")
        if not 1 <= first <= last <= lines:
            raise ValueError(f"{self.name}.py has the lines 1 to {lines}")
        if hazard not in QUESTIONS:
            raise ValueError(f"there is no hazard {hazard!r}; there are {', '.join(QUESTIONS)}")
        if (first, last, hazard) not in self.findings:
            self.findings.append((first, last, hazard))
        self._show(f"Added: {_where(first, last)}, {hazard}.")

    def take_back(self) -> None:
        """Takes the last finding out."""
        if self.findings:
            first, last, hazard = self.findings.pop()
            self._show(f"Taken out: {_where(first, last)}, {hazard}.")
        else:
            self._show("The list is empty.")

    def as_code(self) -> str:
        """The findings as the list that is judged."""
        rows = [f"    ({first}, {last}, {hazard!r}),\n".replace("'", '"') for first, last, hazard in self.findings]
        return f"FINDINGS = [\n{''.join(rows)}]"

    def _keep(self) -> None:
        chosen = self.lines.value
        if self.verdict.value == GOOD:
            self._show(f'Say "{NOT_YET}" first: a finding is a reason not to merge.')
        elif not chosen:
            self._show("Choose the lines first.")
        elif not self.hazard.value:
            self._show("Choose the hazard first.")
        else:
            self.add(min(chosen), max(chosen), self.hazard.value)
            self.lines.value, self.hazard.value = (), ""

    def _judged(self, change: Any) -> None:
        kept = len(self.findings)
        good = change["new"] == GOOD
        self._show(f"The list holds {kept}, and it is what counts." if good and kept else "")

    def _show(self, words: str) -> None:
        self.told = words
        self.changed()
        self.kept.value, self._status.value = self.as_code(), f'<span role="status">{escape(words)}</span>'

    def __str__(self) -> str:
        numbered = table([[number, line] for number, line in enumerate(self.text.splitlines(), 1)])
        return f"{numbered}\n\n{self.as_code()}\n{self.told}".rstrip()

    def to_html(self) -> str:
        """The pull request with its line numbers, and the list so far."""
        code = 'style="white-space:pre-wrap;font-family:var(--jp-code-font-family,monospace)"'
        rows = [
            [str(number), f"<span {code}>{escape(line)}</span>"]
            for number, line in enumerate(self.text.splitlines(), 1)
        ]
        cell = "text-align:left;padding:0 8px"
        return f"{table_html((), rows, cell)}<pre>{escape(self.as_code())}</pre><p>{escape(self.told)}</p>"


def _choices(text: str) -> list[tuple[str, int]]:
    """Each line with its number; blanks that a list box would swallow are kept."""
    lines = text.splitlines()
    width = len(str(len(lines)))
    return [(f"{number:>{width}}  {line}".replace(" ", "\u00a0"), number) for number, line in enumerate(lines, 1)]


def _where(first: int, last: int) -> str:
    return f"line {first}" if first == last else f"lines {first} to {last}"
