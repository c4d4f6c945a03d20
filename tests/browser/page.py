"""Notebooks, opened one after the other in JupyterLab in Chromium: run one, look at it, collect what is wrong with it.

It sees what a reader sees: error output, what the console says, requests that fail or leave this machine,
widgets that do not draw, anything wider than the page. Whether a picture is a good one it cannot judge:
that is what the screenshots are for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, ConsoleMessage, Error, Page, Request, sync_playwright

from course_lib.doctor import find_chromium
from tests.browser.server import Server, jupyterlab

WIDTH, HEIGHT, NARROW = 1280, 1000, 900
TALLEST = 16_000  # Chromium draws no taller picture
THEMES = {"light": "JupyterLab Light", "dark": "JupyterLab Dark"}
OUTPUT = ".jp-OutputArea-output"
AXE = Axe()
AXE_OPTIONS = {"resultTypes": ["violations"], "rules": {"region": {"enabled": False}}}  # an output is no whole page
COLOUR_ALONE = {**AXE_OPTIONS, "runOnly": ["color-contrast", "link-in-text-block"]}
IN_PAGE = Path(__file__).with_name("in_page.js")
MUST_COME = 90  # seconds for what a calm machine shows within one; so long after, it will not come
ASKED_EVERY = 100  # ms; a page that is asked at each frame draws sixty a second, however long a notebook runs


def wait_until(page: Page, condition: str, seconds: float = MUST_COME, arg: object = None) -> None:
    """Returns once the condition, a function of JavaScript, holds in the page."""
    page.wait_for_function(condition, arg=arg, polling=ASKED_EVERY, timeout=seconds * 1000)


class NotebookPage:
    """A notebook open in the browser. `problems()` lists, in plain sentences, what is wrong so far."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self._heard: list[str] = []
        self._listening: dict[Any, Callable[..., None]] = {
            "console": self._hear_console,
            "pageerror": self._hear_error,
            "requestfailed": self._hear_failed,
            "request": self._hear_request,
        }
        for event, hear in self._listening.items():
            page.on(event, hear)

    def stop_listening(self) -> None:
        for event, hear in self._listening.items():
            self.page.remove_listener(event, hear)

    def _hear_console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self._heard.append(f"the browser's console: {message.text[:300]}")

    def _hear_error(self, error: Error) -> None:
        self._heard.append(f"the page raised: {error}")

    def _hear_failed(self, request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # what the page itself called off, as it does on leaving
            self._heard.append(f"a request failed: {request.url.split('?')[0]} ({request.failure})")

    def _hear_request(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme not in ("data", "blob") and address.hostname != "127.0.0.1":
            self._heard.append(f"a request left this machine: {request.url.split('?')[0]}")

    def run_all(self, seconds: float = 600) -> None:
        """Runs every cell, and returns when all have finished and every widget has drawn."""
        self.page.evaluate("() => look.runAll()")
        wait_until(self.page, "() => look.ranAll", seconds)
        self.settle()

    def settle(self) -> None:
        """Returns when no widget is loading and the last change is on the screen."""
        wait_until(self.page, "() => look.widgetsAreDrawn()")
        self.page.evaluate("() => look.twoFrames()")

    def save(self) -> None:
        """Writes the notebook to disk, outputs and the state of its widgets included."""
        self.page.evaluate("() => look.save()")

    def put_sources(self, sources: dict[str, str]) -> None:
        """Types new text into the cells with these ids."""
        self.page.evaluate("sources => look.putSources(sources)", sources)

    def cells(self) -> list[dict[str, Any]]:
        """The notebook's cells as JupyterLab holds them now, outputs included."""
        cells: list[dict[str, Any]] = self.page.evaluate("() => look.cells()")
        return cells

    def use_theme(self, theme: str) -> None:
        self.page.evaluate("theme => look.useTheme(theme)", THEMES[theme])
        wait_until(self.page, "theme => look.themeIsUsed(theme)", arg=THEMES[theme])
        self.page.evaluate("() => look.twoFrames()")

    def out_of_reach_in_each_theme(self) -> list[str]:
        """The same in all themes, of which every one but the first is asked about colours alone; the last stays.

        The first is the one in use: to change it costs Chromium about as much as a notebook does that runs.
        """
        found = []
        begins = sorted(
            THEMES, key=lambda theme: not self.page.evaluate("theme => look.themeIsUsed(theme)", THEMES[theme])
        )
        for options, theme in zip([AXE_OPTIONS, *[COLOUR_ALONE] * len(THEMES)], begins, strict=False):
            self.use_theme(theme)
            found += self.out_of_reach(options)
        return found

    def screenshot(self, path: Path) -> None:
        """A picture of the whole notebook, however long."""
        path.parent.mkdir(parents=True, exist_ok=True)
        height = min(int(self.page.evaluate("() => look.heightOfAll()")), TALLEST)
        self.page.set_viewport_size({"width": WIDTH, "height": height})
        self.page.evaluate("() => look.scrollToTop()")
        self.page.evaluate("() => look.twoFrames()")
        self.page.screenshot(path=path)
        self.page.set_viewport_size({"width": WIDTH, "height": HEIGHT})

    def out_of_reach(self, options: dict[str, Any]) -> list[str]:
        """What axe-core calls serious or critical in the outputs, in the theme that is used now."""
        if not self.page.locator(OUTPUT).count():
            return []
        # JupyterLab's body has no height, and axe takes what lies in a box without height for hidden.
        self.page.evaluate("() => { document.body.style.height = '100vh'; }")
        found = AXE.run(self.page, context={"include": [[OUTPUT]]}, options=options).response["violations"]
        return [
            f"axe: {one['id']} ({one['impact']}): {node['html'][:160]}"
            for one in found
            if one["impact"] in ("serious", "critical")
            for node in one["nodes"]
        ]

    def too_wide_in(self, width: int) -> list[str]:
        """What is wider than the page in a window of that width."""
        self.page.set_viewport_size({"width": width, "height": HEIGHT})
        self.page.evaluate("() => look.twoFrames()")
        found: list[str] = self.page.evaluate("() => look.tooWide()")
        self.page.set_viewport_size({"width": WIDTH, "height": HEIGHT})
        return [f"in a window of {width} px: {one}" for one in found]

    def problems(self) -> list[str]:
        """Everything that is wrong with the notebook as it stands; an empty list for a good one."""
        outputs = self.page.locator(".jp-OutputArea-output").all_text_contents()
        widgets = [f"a widget was not drawn: {t[:200]}" for t in outputs if "Error displaying widget" in t]
        pictures = [f"a picture is broken: {name}" for name in self.page.evaluate("() => look.brokenPictures()")]
        too_wide = self.page.evaluate("() => look.tooWide()")
        found = self._heard + cell_problems(self.cells()) + widgets + pictures + too_wide
        return list(dict.fromkeys(found))


def cell_problems(cells: list[dict[str, Any]]) -> list[str]:
    """What the outputs of executed cells tell: errors, anything on standard error, cells that never ran."""
    found = []
    for cell in cells:
        if cell["cell_type"] != "code" or not "".join(cell["source"]).strip():
            continue
        if cell["execution_count"] is None:
            found.append(f"cell {cell['id']}: was not run")
        for output in cell["outputs"]:
            if output["output_type"] == "error":
                found.append(f"cell {cell['id']}: {output['ename']}: {output['evalue'][:300]}")
            if output["output_type"] == "stream" and output["name"] == "stderr":
                found.append(f"cell {cell['id']}: on standard error: {''.join(output['text'])[:300].strip()}")
    return found


@contextmanager
def browser_context() -> Iterator[BrowserContext]:
    """A context of the system's own Chromium; needs `find_chromium()` to be something."""
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=find_chromium(), args=["--disable-dev-shm-usage"])
        context = browser.new_context(viewport={"width": WIDTH, "height": HEIGHT})
        context.add_init_script(path=IN_PAGE)
        context.set_default_timeout(MUST_COME * 1000)
        try:
            yield context
        finally:
            context.close()
            browser.close()


@dataclass
class Lab:
    """JupyterLab in Chromium, loaded once: each notebook is opened in it and closed again before the next one.

    What is run has one page, and what is opened as it was saved, without waiting for a kernel, has another: there no
    style and no script is left over from a widget that ran.
    """

    server: Server
    context: BrowserContext
    _pages: dict[bool, Page] = field(default_factory=dict)

    @property
    def course(self) -> Path:
        """The copy of the course that it shows."""
        return self.server.course

    @contextmanager
    def opened(self, notebook: str, kernel: bool = True) -> Iterator[NotebookPage]:
        """The notebook by its path in the course, its kernel ready where one is wanted; closed at the end.

        A page on which something went wrong is used no more.
        """
        page = self._pages.pop(kernel, None) or self._loaded()
        opened = NotebookPage(page)
        try:
            page.bring_to_front()  # Chromium lets what works behind another page wait for everybody else's processes
            page.evaluate("path => look.open(path)", notebook)
            wait_until(page, "() => look.kernelIsIdle()" if kernel else "() => look.isShown()")
            yield opened
            opened.stop_listening()
            page.evaluate("() => look.close()")
        except BaseException:
            with suppress(Error):
                page.evaluate("() => look.close()")
            page.close()
            raise
        self._pages[kernel] = page

    def _loaded(self) -> Page:
        page = self.context.new_page()
        page.goto(self.server.page_of("README.md"))
        wait_until(page, "() => look.isLoaded()")
        page.evaluate("() => look.close()")
        return page


@contextmanager
def jupyterlab_in_chromium(scratch: Path) -> Iterator[Lab]:
    """A JupyterLab over a copy of the course in `scratch`, and the browser that shows it."""
    with jupyterlab(scratch) as server, browser_context() as context:
        yield Lab(server, context)
