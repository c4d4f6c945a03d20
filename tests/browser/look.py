"""Open one notebook in the real JupyterLab, run it, and say what is wrong with it.

    python -m tests.browser.look notebooks/01_resource_leaks.ipynb [more.ipynb …]

Prints every problem found and where the light and dark pictures of the whole notebook are. A copy is run, the
notebook itself is not changed. A draft outside the repository is run as if it lay in notebooks/.
Exit status 0: no problem; 1: problems; 2: no such notebook, or no Chromium.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

from playwright.sync_api import TimeoutError as NotThere

from course_lib.widgets.page import WIDGET_VIEW
from tests.browser.controls import use_all
from tests.browser.page import NARROW, OUTPUT, THEMES, Lab, find_chromium, jupyterlab_in_chromium, wait_until
from tests.browser.server import REPOSITORY

AS_MANY_STAND = """([output, wanted]) => [...document.querySelectorAll('.course-static, .course-stand-in')]
    .filter(one => one.closest(output)?.getClientRects().length).length >= wanted"""
SHOWN_WITHIN = 15  # seconds
SCREENSHOTS = REPOSITORY / "tests" / "browser" / "screenshots"


def picture_of(notebook: str, theme: str) -> Path:
    path = Path(notebook)
    return SCREENSHOTS / f"{path.parent.name}-{path.stem}-{theme}.png"


def place(lab: Lab, notebook: Path) -> str:
    """The notebook's path inside the copy of the course; copies a draft from elsewhere into it."""
    if notebook.is_relative_to(REPOSITORY):
        return notebook.relative_to(REPOSITORY).as_posix()
    shutil.copy(notebook, lab.course / "notebooks" / notebook.name)
    return f"notebooks/{notebook.name}"


def look_at(lab: Lab, notebook: str, pictures: bool = False) -> list[str]:
    """Runs the notebook once, uses its controls, takes a picture in each theme if asked to; returns the problems."""
    with lab.opened(notebook) as page:
        page.run_all()
        found = use_all(page) + page.out_of_reach_in_each_theme() + page.problems() + page.too_wide_in(NARROW)
        page.save()
        for theme in THEMES if pictures else ():
            page.use_theme(theme)
            page.screenshot(picture_of(notebook, theme))
    return found + next_day(lab, notebook)


def next_day(lab: Lab, notebook: str) -> list[str]:
    """What is missing where the saved notebook is opened with no kernel of its own and no widget's state."""
    saved = lab.course / notebook
    kept = json.loads(saved.read_text("utf-8"))
    kept["metadata"].pop("widgets", None)
    again = saved.with_name(f"next-day-{saved.name}")
    again.write_text(json.dumps(kept), encoding="utf-8")
    outputs = [output for cell in kept["cells"] for output in cell.get("outputs", [])]
    alive = sum(WIDGET_VIEW in output.get("data", {}) for output in outputs)
    with lab.opened(f"{saved.parent.name}/{again.name}", kernel=False) as page:
        page.settle()
        with suppress(NotThere):  # JupyterLab may show a notebook some frames before its outputs
            wait_until(page.page, AS_MANY_STAND, SHOWN_WITHIN, [OUTPUT, alive])
        standing = page.page.locator(f"{OUTPUT}:visible .course-static, {OUTPUT}:visible .course-stand-in").count()
        gone = page.page.get_by_text("model not found").locator("visible=true").count()
        broken = page.page.evaluate("() => look.brokenPictures()")
    return [
        *([f"opened again, {alive} widgets are gone and {standing} stand in for them"] if standing < alive else []),
        *([f"opened again, {gone} outputs say: model not found"] if gone else []),
        *(f"opened again, a picture is broken: {name}" for name in broken),
    ]


def report(notebook: str, problems: list[str]) -> int:
    """Prints what was found and where the pictures are; returns the number of problems."""
    print(f"{notebook}: {len(problems)} problems", *problems, sep="\n    ")
    for theme in THEMES:
        print(f"    {picture_of(notebook, theme).relative_to(REPOSITORY)}")
    return len(problems)


def main(arguments: list[str]) -> int:
    notebooks = [Path(name).resolve() for name in arguments]
    missing = [str(notebook) for notebook in notebooks if not notebook.is_file()]
    if missing or not notebooks:
        print(f"No such notebook: {', '.join(missing)}" if missing else __doc__)
        return 2
    if find_chromium() is None:
        print("There is no Chromium on this machine (on Debian: apt-get install chromium).")
        return 2
    problems = 0
    with tempfile.TemporaryDirectory() as scratch, jupyterlab_in_chromium(Path(scratch)) as lab:
        for notebook in (place(lab, path) for path in notebooks):
            problems += report(notebook, look_at(lab, notebook, pictures=True))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
