"""The learner's own checklist: the items that were kept at the end of each lesson, gathered for lesson 9."""

from __future__ import annotations

from html import escape

from course_lib.syllabus import LESSONS, Lesson
from course_lib.widgets.own_items import items_of
from course_lib.widgets.page import View

NONE_YET = "Nothing of your own is kept yet: each of the first eight lessons ends its Guard with a field for it."


class Checklist(View):
    """Lesson by lesson, what was kept; lessons without an item are left out."""

    def __init__(self) -> None:
        self.items: list[tuple[Lesson, list[str]]] = [
            (lesson, kept) for lesson in LESSONS if (kept := items_of(lesson.stem))
        ]

    def __str__(self) -> str:
        lines = [line for lesson, kept in self.items for line in (lesson.title, *(f"  [ ] {item}" for item in kept))]
        return "\n".join(lines) or NONE_YET

    def to_html(self) -> str:
        """The same as lists."""
        lists = [
            f"<p><strong>{escape(lesson.title)}</strong></p><ul>{_as_list(kept)}</ul>" for lesson, kept in self.items
        ]
        return "".join(lists) or f"<p>{escape(NONE_YET)}</p>"


def _as_list(items: list[str]) -> str:
    return "".join(f"<li>{escape(item)}</li>" for item in items)


def own_checklist() -> Checklist:
    """The list as it stands now."""
    return Checklist()
