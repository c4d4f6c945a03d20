"""One JupyterLab and one Chromium for all browser tests; both are stopped before any other test runs."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.browser.server import Server, jupyterlab


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with jupyterlab(tmp_path_factory.mktemp("lab")) as running:
        yield running


@pytest.fixture(scope="module")
def context() -> Iterator[object]:
    from playwright.sync_api import expect

    expect.set_options(timeout=30_000)  # on a busy machine a kernel takes a while to start and to import
    # Module scope: while it is open, playwright's event loop runs in the main thread, and asyncio.run refuses to.
    from tests.browser.page import browser_context

    with browser_context() as opened:
        yield opened
