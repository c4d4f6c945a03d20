"""Three ways to put a request, and a team's own.

`plain` is the request alone. `generic` adds the adjectives that people add. `named` adds the concrete demands, each
with its test. A team's own file (its AGENTS.md, say) goes before the request, or around it where it holds `{request}`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from course_lib.trial.tasks import Request

Prompt = Callable[[Request], str]

MOST_OF_A_FILE = 1_000_000  # characters
PLACE = "{request}"
FORM = (
    "Python 3.11 or newer. Answer with the whole program in one fenced block marked `python`; what stands in an "
    "earlier block does not count."
)
ACCEPTED = "It is accepted when each of these holds, under the test that is named:"
ADJECTIVES = (
    "This goes to production. The code must be production-ready, robust, efficient and secure, and it must handle all "
    "edge cases."
)


class UnknownPrompt(Exception):
    """There is no such prompt; the message is the sentence to show."""


def plain(request: Request) -> str:
    return f"{request.asked}\n\n{FORM}\n"


def generic(request: Request) -> str:
    return f"{request.asked}\n\n{ADJECTIVES}\n\n{FORM}\n"


def named(request: Request) -> str:
    demands = "\n".join(
        f"{number}. {demand}\n   Test: {test}" for number, (demand, test) in enumerate(request.demands, 1)
    )
    return f"{request.asked}\n\n{ACCEPTED}\n\n{demands}\n\n{FORM}\n"


SHIPPED: dict[str, Prompt] = {"plain": plain, "generic": generic, "named": named}


def prompts_named(names: Iterable[str]) -> dict[str, Prompt]:
    """The prompts by name: shipped ones, and files by their stem; raises UnknownPrompt."""
    found: dict[str, Prompt] = {}
    for name in names:
        title, prompt = (name, SHIPPED[name]) if name in SHIPPED else _own(name)
        if title in found or (title in SHIPPED and name not in SHIPPED):
            raise UnknownPrompt(f"two prompts are named {title!r}; give the file another name")
        found[title] = prompt
    return found


def _own(name: str) -> tuple[str, Prompt]:
    path = Path(name)
    try:
        if path.exists() and not path.is_file():
            raise OSError("a folder, a pipe or a device")
        with path.open(encoding="utf-8-sig") as file:
            text = file.read(MOST_OF_A_FILE + 1)
    except (OSError, ValueError) as error:
        known = ", ".join(SHIPPED)
        reason = "no such file" if isinstance(error, FileNotFoundError) else "the file can't be read as UTF-8 text"
        raise UnknownPrompt(f"there is no prompt {name!r} ({reason}); shipped are {known}, or name a file") from error
    if not text.strip() or len(text) > MOST_OF_A_FILE:
        raise UnknownPrompt(f"the prompt {name} is {'empty' if not text.strip() else 'longer than a million letters'}")
    return path.stem, lambda request: _around(text, request)


def _around(text: str, request: Request) -> str:
    return text.replace(PLACE, plain(request)) if PLACE in text else f"{text.rstrip()}\n\n{plain(request)}"
