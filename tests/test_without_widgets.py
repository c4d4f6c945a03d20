"""Notebooks under ipykernel alone, as VS Code runs them: nothing answers a widget, none fails, and no word is untrue.

One lesson and one exercise are run; what the others tell their reader to handle is read, and so is what each live view
says where nothing of it is alive. What it can't see: what such a program draws of the outputs.
"""

from __future__ import annotations

import html
import importlib
import inspect
import os
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

from course_lib.hazards.coaching import coaching_for
from course_lib.hazards.defence.review_form import ReviewForm
from course_lib.hazards.missing_authorization.request_console import RequestConsole
from course_lib.hazards.sql_injection.attack_console import AttackConsole
from course_lib.instruments.injection.statements import Log, WatchedConnection
from course_lib.production.lesson import hypothesis, post_mortem
from course_lib.syllabus import find_lesson
from course_lib.testbeds.orders import open_orders, sample_orders
from course_lib.widgets.own_items import own_items
from course_lib.widgets.page import LiveView
from course_lib.widgets.predict import PredictionForm, predict
from course_lib.widgets.vary import vary
from tests.browser.server import REPOSITORY, copy_course

WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
TO_HANDLE = re.compile(
    r"\b(sliders?|buttons?|text fields?|press(ed)?|click(ed)?|drag(ged)?|hover|Play|(move|step) (it|its|the) )\b"
)
BOOKS = [path for folder in ("notebooks", "exercises", "solutions") for path in (REPOSITORY / folder).glob("*.ipynb")]


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_course(tmp_path_factory.mktemp("course") / "course")


def outputs_of(notebook: Path, *more: str, environment: Mapping[str, str] | None = None) -> list[dict[str, Any]]:
    """What a kernel sends back for its cells and some more, while the other side knows nothing of widgets."""
    book = nbformat.read(notebook, as_version=4)
    book.cells += [nbformat.v4.new_code_cell(source) for source in more]
    client = NotebookClient(book, timeout=120, resources={"metadata": {"path": str(notebook.parent)}})
    client.on_comm_open_hooks = {}  # else nbclient stands in for the widgets' own program
    client.execute(env={**os.environ, "PYTHONPATH": str(notebook.parents[1]), **(environment or {})})
    return [output for cell in book.cells if cell.cell_type == "code" for output in cell.outputs]


@pytest.mark.slow
def test_a_lesson_runs_and_each_widget_shows_something_else_as_well(course: Path) -> None:
    """No error, nothing on standard error; in a live view, or before it, a picture and the text of the same."""
    shown = outputs_of(course / "notebooks/06_data_structures.ipynb")
    told = [output.get("data", {}) for output in shown]
    views = [at for at, data in enumerate(told) if WIDGET_VIEW in data]

    assert not [one for one in shown if one["output_type"] == "error" or one.get("name") == "stderr"]
    assert views
    for at in views:
        assert {"text/html", "text/plain"} <= {*told[at], *told[at - 1]}


@pytest.mark.slow
def test_a_check_tells_its_whole_verdict_as_text(course: Path) -> None:
    lesson = find_lesson("06_data_structures")
    assert lesson is not None and course != REPOSITORY
    answer = coaching_for(lesson, "common_ids").answers[0].code
    shown = outputs_of(course / "exercises/06_data_structures.ipynb", answer, "check(common_ids)")

    assert "common_ids: PASS" in " ".join(one.get("data", {}).get("text/plain", "") for one in shown[-2:])


@pytest.mark.parametrize("path", BOOKS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_whoever_is_told_to_handle_something_is_told_the_call_that_does_it_as_well(path: Path) -> None:
    """A slider, a button or a field may not be drawn; what a cell calls is there everywhere."""
    prose = [cell.source for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "markdown"]
    told = [line for source in prose for line in source.splitlines() if TO_HANDLE.search(line)]

    assert [line for line in told if not re.search(r"`\w+\([^`]*\)`", line)] == []


def live_views() -> list[type[LiveView]]:
    """Every kind of view of which a part is alive."""
    for path in (REPOSITORY / "course_lib").rglob("*.py"):
        if "(LiveView)" in path.read_text("utf-8"):
            importlib.import_module(".".join(path.relative_to(REPOSITORY).with_suffix("").parts))
    return [view for view in LiveView.__subclasses__() if view.__module__.startswith("course_lib.")]


def test_every_view_that_is_alive_says_how_a_cell_does_the_same() -> None:
    """Or that nothing is left to do, with the reason beside it in the source."""
    silent = [view for view in live_views() if "by_hand" not in vars(view)]
    told = [inspect.getsource(view.by_hand.fget) for view in live_views()]  # type: ignore[attr-defined]  # a property

    assert silent == []
    assert len(told) > 8
    assert [source for source in told if 'return ""' in source and "  # " not in source] == []


@pytest.mark.parametrize("call", [predict, own_items, hypothesis, vary])
def test_what_a_view_says_a_call_takes_it_takes(call: Callable[..., Any]) -> None:
    views = {predict: "PredictionForm", own_items: "OwnItems", hypothesis: "HypothesisForm", vary: "Varied"}
    [view] = [one for one in live_views() if one.__name__ == views[call]]
    source = inspect.getsource(view.by_hand.fget)  # type: ignore[attr-defined]  # a property

    named = re.findall(r"(\w+)=…", source)
    assert named and set(named) <= set(inspect.signature(call).parameters)
    assert f"cell's {call.__name__}(…)" in source


def on_the_page(widget: Any) -> list[str]:
    """The words of a widget and of all that it is made of."""
    own = [str(getattr(widget, name)) for name in ("value", "told") if hasattr(widget, name)]
    return [*own, *(words for child in getattr(widget, "children", ()) for words in on_the_page(child))]


def ben(_environment: Any, start: Callable[..., object]) -> list[bytes]:
    start("200 OK", [])
    return [b"the data of ben"]


def shop() -> WatchedConnection:
    connection = open_orders(sample_orders(9), factory=WatchedConnection)
    connection.log = Log()
    return connection


def spliced(connection: Any, status: str) -> Any:
    return connection.execute(f"SELECT id FROM orders WHERE status = '{status}'").fetchall()  # noqa: S608  # the hazard


ATTACK = {"status": "x' OR 1=1 --"}
POST_MORTEM = {"trigger": "exports", "seen": "a gauge", "missed": "one user", "test": "count"}
USED: dict[str, tuple[Callable[[], Any], Callable[[Any], object], str]] = {
    "vary": (lambda: vary("limit", (32, 64), lambda limit: 2 * limit), lambda view: view.at(64), "limit 64"),
    "predict": (lambda: PredictionForm("key", "How many?", "users"), lambda form: form.keep.click(), "Answer with"),
    "own_items": (lambda: own_items("01_resource_leaks"), lambda form: form.keep_text("Who?"), "Kept for lesson 9"),
    "hypothesis": (lambda: hypothesis(1), lambda form: form.keep.click(), "the three questions"),
    "post_mortem": (lambda: post_mortem(1), lambda form: form.keep_answers(POST_MORTEM), "Kept."),
    "review": (ReviewForm, lambda form: form.take_back(), "The list is empty"),
    "request": (lambda: RequestConsole(ben, "ann", {}, "/"), lambda view: view.send("/ben"), "the data of ben"),
    "attack": (
        lambda: AttackConsole(spliced, shop, {"status": "paid"}, {}),
        lambda view: view.attack(**ATTACK),
        "changed the statement",
    ),
}


@pytest.mark.parametrize("kind", USED)
def test_what_is_seen_on_the_page_is_in_the_notebook_already(
    kind: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Who sees it and saves at once keeps it."""
    monkeypatch.setenv("COURSE_PROGRESS", str(tmp_path / "progress.jsonl"))
    make, use, said = USED[kind]
    view = make()
    kept: list[tuple[str, list[str]]] = []
    monkeypatch.setattr(view, "changed", lambda: kept.append((view.stand_in()["text/html"], on_the_page(view.widget))))
    use(view)
    stored, seen = kept[-1]

    assert said in html.unescape(stored)
    assert not any(said in html.unescape(words) for words in seen)
    assert any(said in html.unescape(words) for words in on_the_page(view.widget))


def test_what_stands_in_for_a_view_says_it_and_the_view_itself_does_not() -> None:
    """Where the slider is drawn, nobody needs to be told of another way."""
    view = vary("limit", (32, 64, 128), lambda limit: 2 * limit)
    sentence = "Without a slider: give at=… in this cell's vary(…), one of 32, 64, 128."

    assert view.stand_in()["text/plain"].endswith(sentence)
    assert sentence in view.stand_in()["text/html"].replace("&#x27;", "'")
    assert sentence not in str(view)
    assert PredictionForm in live_views()
