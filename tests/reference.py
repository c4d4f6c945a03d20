"""The reference page of what measures anybody's code, made from its docstrings: `python -m tests.reference [FOLDER]`.

One page for each public module, an index and a search, in `reference/` unless another folder is named; no page asks the
network for anything. What stands there is what stands in the source.
"""

from __future__ import annotations

import importlib
import inspect
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "reference"
INSTRUMENTS = ("handles", "memory", "faults", "interleavings", "queries", "work", "injection", "access")
PUBLIC = (
    "course_lib.pytest_plugin",
    *(f"course_lib.{'' if name == 'interleavings' else 'instruments.'}{name}" for name in INSTRUMENTS),
    "course_lib.instruments.climbing",
    "course_lib.testbeds.hostile_api",
    "course_lib.reading",
)

LEFT_OUT = (r"!course_lib\.instruments\.\w+\.", r"!course_lib\.(interleavings|pytest_plugin)\.")  # their own rooms


def modules() -> list[ModuleType]:
    return [importlib.import_module(name) for name in PUBLIC]


def public_names(module: ModuleType) -> Iterator[tuple[str, object]]:
    """What the module offers: the names of its `__all__`, or those that it defines itself without an underscore."""
    named = getattr(module, "__all__", None)
    for name in named or [name for name in vars(module) if not name.startswith("_")]:
        value = getattr(module, name)
        if named or getattr(value, "__module__", None) == module.__name__:
            yield name, value


def members(value: object) -> Iterator[tuple[str, object]]:
    """The methods and properties that a class of the course's own defines for its users."""
    if inspect.isclass(value) and value.__module__.startswith("course_lib"):
        foreign = [base for base in value.__mro__ if not base.__module__.startswith("course_lib")]
        fields = getattr(value, "__dataclass_fields__", ())
        for name, one in vars(value).items():
            is_ours = (
                not name.startswith("_") and name not in fields and not any(hasattr(base, name) for base in foreign)
            )
            if is_ours and (inspect.isfunction(one) or isinstance(one, property)):
                yield name, one


def build(folder: Path) -> Path:
    """Writes the pages; the first one of them."""
    import pdoc

    for module in modules():
        list(public_names(module))  # what a module imports when it is asked for is looked for only where it is
    pdoc.render.configure(footer_text="made from the docstrings by make docs", show_source=False)
    pdoc.pdoc(*PUBLIC, *LEFT_OUT, output_directory=folder)
    return folder / "index.html"


if __name__ == "__main__":
    print(build(Path(sys.argv[1]) if sys.argv[1:] else FOLDER))
