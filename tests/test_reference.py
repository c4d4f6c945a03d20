"""Every public part says what it is, and every instrument what it measures, how, and what it can't see."""

from __future__ import annotations

import inspect
import re
from pathlib import Path
from types import ModuleType

import pytest

from tests.browser.page import browser_context, find_chromium
from tests.reference import PUBLIC, build, members, modules, public_names

OWN = ("file:", "data:", "blob:")


@pytest.mark.parametrize("module", modules(), ids=PUBLIC)
def test_every_public_name_has_a_docstring(module: ModuleType) -> None:
    """Its own, not what a base class says."""
    named = [
        (name, value) for name, value in public_names(module) if inspect.isroutine(value) or inspect.isclass(value)
    ]
    bare = [name for name, value in named if not value.__doc__]
    bare += [f"{name}.{one}" for name, value in named for one, member in members(value) if not member.__doc__]

    assert bare == []


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
