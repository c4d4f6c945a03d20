"""One JupyterLab in one Chromium for all browser tests; both are stopped before any other test runs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.browser.page import Lab


@pytest.fixture(scope="package")
def _lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    from playwright.sync_api import expect

    # Package scope: while it is open, playwright's event loop runs in the main thread, and asyncio.run refuses to.
    from tests.browser.page import MUST_COME, jupyterlab_in_chromium

    expect.set_options(timeout=MUST_COME * 1000)
    with jupyterlab_in_chromium(tmp_path_factory.mktemp("lab")) as opened:
        yield opened


@pytest.fixture(scope="module")
def lab(_lab: Lab) -> Lab:
    """That JupyterLab over a course whose learner begins: an earlier module's predictions and hints are gone."""
    (_lab.course / ".course_progress.jsonl").unlink(missing_ok=True)
    return _lab
