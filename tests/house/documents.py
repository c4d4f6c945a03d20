"""What the documents at the root name must be there: paths, modules, make targets, commands of the course, links.

Read from code alone: text between backticks, and blocks that are fenced or set in by four blanks. Names in capitals
stand for a real lesson, or for the template.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

LESSONS = (("NN_SLUG", "06_data_structures"), ("SLUG", "data_structures"))
TEMPLATE = (("NN_SLUG", "06_data_structures"), ("SLUG", "_template"))
ANY = (("TASK", "*"), ("REASON", "*"), ("SHAPE", "*"), ("…", "*"))
READERS_OWN = {"my_answer.py", "verdicts.csv", ".course_progress.jsonl", "exercises/.as_delivered/"}
READERS_OWN |= {"ana_01_resource_leaks.py", "grades.csv", "results.jsonl"}
FOLDER = re.compile(r"(?:course_lib|tests|notebooks|exercises|solutions|\.ci)/")
FILE = re.compile(r"[\w.-]+\.(?:py|md|txt|toml|ipynb|diff|jsonl|csv)")


def code_in(text: str) -> Iterator[str]:
    """Every piece of code of a Markdown text, line by line, without its comments."""
    fenced = False
    for line in text.splitlines():
        fenced ^= line.startswith("```")
        found = [line] if fenced or line.startswith("    ") else re.findall(r"`([^`]+)`", line)
        yield from (re.sub(r"(^|\s)# .*", "", code) for code in found)


def missing_paths(code: str, root: Path) -> list[str]:
    """Paths of the repository that are not there; a bare file name may lie anywhere in it."""
    words = [word.strip("\"'`(),;:") for word in code.split()]
    return [word for word in words if is_path(word) and word not in READERS_OWN and not lies_in(root, word)]


def is_path(word: str) -> bool:
    return bool(FOLDER.match(word) or FILE.fullmatch(word))


def lies_in(root: Path, word: str) -> bool:
    names = (real_name(word, lesson) for lesson in (LESSONS, TEMPLATE))
    places = ("",) if FOLDER.match(word) else ("", "notebooks/", "course_lib/**/", "tests/**/")
    return any(any(root.glob(place + name)) for name in names for place in places)


def real_name(word: str, lesson: tuple[tuple[str, str], ...]) -> str:
    for name, real in (*lesson, *ANY):
        word = word.replace(name, real)
    return word.rstrip("/")


def missing_modules(code: str, root: Path) -> list[str]:
    """Dotted names of the course and its tests that are no module, and no name in one."""
    named = [*re.findall(r"\bcourse_lib(?:\.\w+)+", code), *re.findall(r"-m (tests(?:\.\w+)+)", code)]
    return [name for name in named if not is_module(root, name) and not is_name_in_module(root, name)]


def is_module(root: Path, name: str) -> bool:
    path = root / name.replace(".", "/")
    return path.is_dir() or path.with_suffix(".py").is_file()


def is_name_in_module(root: Path, name: str) -> bool:
    module, _, last = name.rpartition(".")
    path = root / module.replace(".", "/")
    sources = [source for source in (path.with_suffix(".py"), path / "__init__.py") if source.is_file()]
    return any(re.search(rf"\b{last}\b", source.read_text("utf-8")) for source in sources)


def missing_commands(code: str, root: Path) -> list[str]:
    """Make targets, parts of the test suite and verbs of the course's own command that do not exist."""
    targets = re.findall(r"^([a-z-]+):", (root / "Makefile").read_text("utf-8"), re.M)
    verbs = re.findall(r'command\("(\w+)"', (root / "course_lib" / "cli" / "options.py").read_text("utf-8"))
    parts = re.findall(r'Part\(\s*"(\w+)"', (root / "tests" / "parts.py").read_text("utf-8"))
    wanted = re.findall(r"\bmake ([a-z][a-z-]*)", code)
    asked = re.findall(r"python -m course_lib (\w+)", code)
    named = [part for quoted in re.findall(r'PARTS="?([a-z ]+)', code) for part in quoted.split()]
    return [
        *(f"make {target}" for target in wanted if target not in targets),
        *(f"python -m course_lib {verb}" for verb in asked if verb not in verbs),
        *(f"PARTS={part}" for part in named if part not in parts),
    ]


def dead_links(text: str, folder: Path) -> list[str]:
    """Links to a file, or to a heading of one, that lead nowhere."""
    found = re.findall(r"\]\(([^)\s#]*)(#[^)\s]*)?\)", text)
    return [
        f"{link}{anchor}"
        for link, anchor in found
        if "://" not in link and not leads_somewhere(folder / link if link else None, anchor, text)
    ]


def leads_somewhere(path: Path | None, anchor: str, text: str) -> bool:
    if path is not None and not path.exists():
        return False
    if not anchor:
        return True
    headings = re.findall(r"^#+ (.+)$", text if path is None else path.read_text("utf-8"), re.M)
    return anchor[1:] in [re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-") for heading in headings]


def problems(text: str, root: Path) -> list[str]:
    """Everything that a document at the repository's root names and that is not there."""
    checks = (missing_paths, missing_modules, missing_commands)
    found = [told for code in code_in(text) for check in checks for told in check(code, root)]
    return found + dead_links(text, root)
