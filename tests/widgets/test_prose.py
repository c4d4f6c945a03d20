"""The Markdown of hints as HTML, in which nothing acts."""

from __future__ import annotations

import pytest

from course_lib.hazards.coaching import coaching_for
from course_lib.syllabus import LESSONS
from course_lib.widgets.prose import html

P = '<p style="margin:.4em 0">{}</p>'


@pytest.mark.parametrize(
    ("markdown", "inside"),
    [
        ("one\ntwo", "one two"),
        ("**b** and *e* and `x_*y*`", "<strong>b</strong> and <em>e</em> and <code>x_*y*</code>"),
        ("2 * 3 * 4 and a*b*c", "2 * 3 * 4 and a*b*c"),
        ("<img src=x onerror=1> `<b>`", "&lt;img src=x onerror=1&gt; <code>&lt;b&gt;</code>"),
    ],
)
def test_spans(markdown: str, inside: str) -> None:
    assert html(markdown) == P.format(inside)


def test_code_between_paragraphs_keeps_its_lines() -> None:
    told = html("one\n\n```python\nfor <x>:\n    go\n```\n\ntwo")

    assert told.startswith(P.format("one")) and told.endswith(P.format("two"))
    assert ">for &lt;x&gt;:\n    go</pre>" in told


def test_no_mark_of_any_hint_is_left() -> None:
    """Every hint of the course, as the row of buttons shows it."""
    for lesson in LESSONS:
        for task in lesson.tasks:
            for hint in coaching_for(lesson, task).hints:
                told = html(hint.text)
                assert "```" not in told and "**" not in told, (task, hint.number)
