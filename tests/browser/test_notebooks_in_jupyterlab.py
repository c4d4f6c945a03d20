"""Every notebook in the real JupyterLab, in Chromium, as a learner meets it.

Seen by the test: error output, standard error, the browser's console, failed requests and requests that leave this
machine, widgets that do not draw, anything wider than the page, in the light and in the dark theme. The pictures
in `screenshots/` are for people.
"""

from __future__ import annotations

import pytest

pytest.importorskip("playwright", reason="playwright is not installed: no browser tests")

from playwright.sync_api import BrowserContext

from tests.browser.look import look_at
from tests.browser.page import find_chromium
from tests.browser.server import REPOSITORY, Server

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(find_chromium() is None, reason="there is no Chromium on this machine: no browser tests"),
]


def notebooks(folder: str) -> list[str]:
    return sorted(path.relative_to(REPOSITORY).as_posix() for path in (REPOSITORY / folder).glob("*.ipynb"))


@pytest.mark.parametrize("notebook", notebooks("notebooks") + notebooks("solutions"))
def test_runs_and_looks_right(context: BrowserContext, server: Server, notebook: str) -> None:
    assert look_at(context, server, notebook) == []
