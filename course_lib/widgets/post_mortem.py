"""A post-mortem of an incident on half a page: four sentences, kept with the learner's progress; the last kept counts.

PostMortemForm("the night shift")
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

import ipywidgets

from course_lib.progress import ProgressNotSaved, events, record
from course_lib.widgets.keys import Keys
from course_lib.widgets.page import SKY, LiveView
from course_lib.widgets.prose import line

ASKED = {
    "trigger": "Trigger: what set it off, in which line?",
    "seen": "How it was seen: which figure, how soon?",
    "missed": "Why the tests missed it:",
    "test": "The test to take home, in a sentence:",
}
FORM = "course-post-mortem"
LONGEST = 600  # letters of an answer


def post_mortem_on(incident: str) -> Mapping[str, str] | None:
    """The answers that were kept last on the incident, or None."""
    kept = [event for event in events("post_mortem") if event["incident"] == incident]
    return {part: kept[-1][part] for part in ASKED} if kept else None


class PostMortemForm(LiveView):
    """Four fields and a button."""

    def __init__(self, incident: str) -> None:
        self.incident, self.kept = incident, post_mortem_on(incident)
        self.told = "Kept." if self.kept else ""
        self.fields = {
            part: ipywidgets.Textarea(
                value=(self.kept or {}).get(part, ""),
                rows=2,
                description=asked,
                layout={"width": "calc(100% - 4px)"},
                style={"description_width": "23em"},
            )
            for part, asked in ASKED.items()
        }
        self.keep = ipywidgets.Button(description="Keep the post-mortem", layout={"width": "auto"})
        self._status = ipywidgets.HTML(_status(self.told))
        self.keep.on_click(lambda _button: self.keep_answers({part: one.value for part, one in self.fields.items()}))
        title = ipywidgets.HTML(f"<strong>Post-mortem: {escape(incident)}</strong>")
        self._form = ipywidgets.VBox(
            [title, *self.fields.values(), ipywidgets.HBox([self.keep, self._status]), Keys(form=FORM, fresh=False)],
            layout={"border_left": f"5px solid {SKY}", "padding": "2px 12px 2px 12px", "overflow": "visible"},
        )
        self._form.add_class(FORM)

    @property
    def by_hand(self) -> str:
        return f"Without a form: call keep_answers({{…}}) on what this cell gives, with {', '.join(map(repr, ASKED))}."

    @property
    def widget(self) -> Any:
        return self._form

    def keep_answers(self, answers: Mapping[str, str]) -> None:
        """Keeps the four answers in place of those before; one that says nothing is asked for first."""
        said = {part: " ".join(answers[part].split())[:LONGEST] for part in ASKED}
        missing = [part for part, text in said.items() if not text]
        if missing:
            return self._tell(f"One is still empty: {ASKED[missing[0]]}")
        try:
            record("post_mortem", incident=self.incident, **said)
        except ProgressNotSaved as problem:
            return self._tell(f"Not kept: {problem.reason}.")
        self.kept = said
        return self._tell("Kept. It stands on the page that `python -m course_lib certificate` writes.")

    def _tell(self, words: str) -> None:
        self.told = words
        self.changed()
        self._status.value = _status(words)

    def __str__(self) -> str:
        answers = self.kept or {}
        lines = [f"{asked} {answers.get(part, '')}".rstrip() for part, asked in ASKED.items()]
        return "\n".join([f"Post-mortem: {self.incident}", *lines, self.told]).rstrip()

    def to_html(self) -> str:
        answers = self.kept or {}
        items = "".join(f"<li>{escape(asked)} {escape(answers.get(part, ''))}</li>" for part, asked in ASKED.items())
        head = f"<p><strong>Post-mortem: {escape(self.incident)}</strong></p>"
        return f"{head}<ul>{items}</ul><p>{line(self.told)}</p>"


def _status(words: str) -> str:
    return f'<span role="status">{line(words)}</span>'
