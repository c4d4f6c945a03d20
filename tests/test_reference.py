"""Every public part says what it is; every instrument what it measures, how, by whose method, and what it can't see.

A function names the errors that it raises by itself, and the units of what is no count. What this can't see: errors
that come out of a method, of the standard library, or of what the function is given.
"""

from __future__ import annotations

import ast
import inspect
import re
import textwrap
from collections.abc import Iterator
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

import pytest

from tests.browser.page import browser_context, find_chromium
from tests.reference import INSTRUMENTS, PUBLIC, build, members, modules, public_names

OWN = ("file:", "data:", "blob:")
CAUGHT = {("find_race", "NothingRan"), ("assert_no_race", "NothingRan")}  # by the function itself: an open finding
DEEP = 4
UNITS = {
    "timeout": "seconds",
    "seconds": "seconds",
    "silence": "seconds",
    "pause": "seconds",
    "deadline": "seconds",
    "ceiling_mib": "MiB",
    "heap_mib": "MiB",
}


def parts_of(module: ModuleType) -> Iterator[tuple[str, Any, FunctionType]]:
    """The name of each public function, method, property and fixture, itself, and the function behind it."""
    for name, value in public_names(module):
        for one, part in [(name, value), *((f"{name}.{own}", member) for own, member in members(value))]:
            behind: Any = part.fget if isinstance(part, property) else getattr(part, "_fixture_function", part)
            behind = (
                vars(part).get("__init__")
                if inspect.isclass(part)
                else inspect.unwrap(behind)
                if callable(behind)
                else None
            )
            if isinstance(behind, FunctionType) and behind.__module__.startswith("course_lib."):
                yield one, part, behind


def raised_by(function: FunctionType, deep: int = DEEP) -> Iterator[str]:
    """The names of the errors that it raises, or a function of the course that it calls by its name."""
    if function.__code__.co_filename == "<string>":  # made by dataclass, which raises nothing
        return
    for node in ast.walk(ast.parse(textwrap.dedent(inspect.getsource(function)))):
        if isinstance(node, ast.Raise) and node.exc is not None:
            error = node.exc.func if isinstance(node.exc, ast.Call) else node.exc
            yield ast.unparse(error).rpartition(".")[2]
        if deep and isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            called = inspect.unwrap(function.__globals__.get(node.func.id) or raised_by)
            if (
                isinstance(called, FunctionType)
                and called.__module__.startswith("course_lib.")
                and called is not function
            ):
                yield from raised_by(called, deep - 1)


@pytest.mark.parametrize("module", modules(), ids=PUBLIC)
def test_every_public_name_has_a_docstring(module: ModuleType) -> None:
    """Its own, not what a base class says."""
    named = [
        (name, value) for name, value in public_names(module) if inspect.isroutine(value) or inspect.isclass(value)
    ]
    bare = [name for name, value in named if not value.__doc__]
    bare += [f"{name}.{one}" for name, value in named for one, member in members(value) if not member.__doc__]

    assert bare == []


@pytest.mark.parametrize("module", modules(), ids=PUBLIC)
def test_every_error_that_a_part_raises_by_itself_is_named(module: ModuleType) -> None:
    """In its docstring, or in its module's where all of its parts raise it."""
    unnamed = [
        f"{name}: {error}"
        for name, part, function in parts_of(module)
        for error in dict.fromkeys(raised_by(function))
        if error not in f"{inspect.getdoc(part)} {module.__doc__}" and (name, error) not in CAUGHT
    ]

    assert unnamed == []


@pytest.mark.parametrize("module", modules(), ids=PUBLIC)
def test_what_is_no_count_has_its_unit(module: ModuleType) -> None:
    bare = [
        f"{name}: {parameter}"
        for name, part, function in parts_of(module)
        for parameter in inspect.signature(function).parameters
        if parameter in UNITS and UNITS[parameter] not in (inspect.getdoc(part) or "")
    ]

    assert bare == []


@pytest.mark.parametrize("instrument", INSTRUMENTS)
def test_every_instrument_says_whose_its_method_is(instrument: str) -> None:
    """A paper or a tool, by name; or that it is the course's own."""
    [module] = [one for one in modules() if one.__name__.endswith(f".{instrument}")]
    told = re.search(r"\nMethod: (.+?)\n\n", module.__doc__ or "", re.S)

    assert told is not None
    assert re.search(r"the course's own|\b(19|20)\d\d\b|\bas \w+ ", told[1])


@pytest.mark.parametrize("module", modules()[1:-1], ids=PUBLIC[1:-1])
def test_every_instrument_says_what_it_cannot_see(module: ModuleType) -> None:
    assert re.search(r"What\s+it\s+can't\s+see|can't see|cannot\s+see", module.__doc__ or "")


@pytest.mark.slow
def test_the_pages_are_whole_and_ask_nobody(tmp_path: Path) -> None:
    """Each module has one, with what it offers; opened in the browser, no error and no request outside."""
    pytest.importorskip("pdoc", reason="this environment lacks the tool: run make docs, which installs it")
    index = build(tmp_path)
    for module in modules():
        page = (tmp_path / f"{module.__name__.replace('.', '/')}.html").read_text("utf-8")
        assert [name for name in getattr(module, "__all__", []) if f'id="{name}"' not in page] == []
    if find_chromium() is None:
        pytest.skip("there is no Chromium on this machine: the pages were made, and not opened")
    with browser_context() as context:
        page_seen, wrong = context.new_page(), list[str]()
        page_seen.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
        page_seen.on("pageerror", lambda error: wrong.append(str(error)))
        page_seen.on(
            "request", lambda asked: wrong.append(asked.url) if not asked.url.startswith(("file:", "data:")) else None
        )
        for name in ("", *PUBLIC):
            page_seen.goto((tmp_path / f"{name.replace('.', '/')}.html").as_uri() if name else index.as_uri())
            page_seen.wait_for_selector("h1" if name else "nav, main")
        assert wrong == []
