"""What a learner wants to ask in every review from now on: a form at the end of a lesson's guard.

    own_items("01_resource_leaks")                                       # a form; or, without a page:
    own_items("01_resource_leaks", "Who closes this when fetch raises?")

Each line is an item. Kept with the learner's progress; what was kept last counts, and an empty text takes all out.
Lesson 9 gathers them (`course_lib.checklist`).
"""

from __future__ import annotations

from html import escape
from typing import Any

import ipywidgets

from course_lib.progress import ProgressNotSaved, events, record
from course_lib.widgets.keys import Keys
from course_lib.widgets.page import SKY, LiveView

KIND = "checklist_items"
FORM = "course-own-lines"
MOST, LONGEST = 10, 200  # items of a lesson, letters of an item
ASKED = "What will you ask in every review from now on? One question a line."


def items_of(lesson: str) -> list[str]:
    """The items that were kept last for that lesson."""
    texts = [event["text"] for event in events(KIND) if event["lesson"] == lesson]
    return items_in(texts[-1]) if texts else []


def items_in(text: str) -> list[str]:
    """The lines of a text that say something, each once."""
    lines = (" ".join(filter(str.isprintable, line.split()))[:LONGEST] for line in text.splitlines())
    return list(dict.fromkeys(filter(None, lines)))[:MOST]


class OwnItems(LiveView):
    """The field, and what is kept; the button keeps all lines of the field."""

    def __init__(self, lesson: str) -> None:
        self.lesson, self.kept = lesson, items_of(lesson)
        self.told = ""
        self.field = ipywidgets.Textarea(
            value="\n".join(self.kept),
            rows=2,
            placeholder="one line is enough",
            description="I ask:",
            layout={"width": "calc(100% - 4px)"},
            style={"description_width": "initial"},
        )
        self.field.add_class("course-own-items")
        self.keep = ipywidgets.Button(description="Keep", layout={"width": "auto"})
        self._status = ipywidgets.HTML()
        self.keep.on_click(lambda _button: self.keep_text(self.field.value))
        asked = ipywidgets.HTML(f"<strong>{escape(ASKED)}</strong>")
        self._form = ipywidgets.VBox(
            [asked, self.field, ipywidgets.HBox([self.keep, self._status]), Keys(form=FORM, fresh=False)],
            layout={"border_left": f"5px solid {SKY}", "padding": "2px 12px 2px 12px", "overflow": "visible"},
        )

        self._form.add_class(FORM)

    @property
    def by_hand(self) -> str:
        return "Without a form: give text=… in this cell's own_items(…), a line for each."

    @property
    def widget(self) -> Any:
        return self._form

    def keep_text(self, text: str) -> None:
        """Keeps the lines of a text in place of those before."""
        try:
            record(KIND, lesson=self.lesson, text="\n".join(items_in(text)))
            self.kept = items_of(self.lesson)
            self.told = "Kept for lesson 9." if self.kept else "Nothing is kept for this lesson."
        except ProgressNotSaved as problem:
            self.told = f"Not kept: {problem.reason}."
        self.changed()
        self._status.value = f'<span role="status">{escape(self.told)}</span>'

    def __str__(self) -> str:
        return "\n".join([ASKED, *(f"- {item}" for item in self.kept), self.told]).rstrip()

    def to_html(self) -> str:
        items = "".join(f"<li>{escape(item)}</li>" for item in self.kept)
        return f"<p><strong>{escape(ASKED)}</strong></p><ul>{items}</ul><p>{escape(self.told)}</p>"


def own_items(lesson: str, text: str | None = None) -> OwnItems:
    """The form with what is kept for that lesson; with a text, its lines are kept at once."""
    form = OwnItems(lesson)
    if text is not None:
        form.keep_text(text)
    return form
