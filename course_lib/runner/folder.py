"""Loads a submission of several files: writes them into a folder of the child's own, and imports from there.

What is wrong with them is told in one sentence with the file and the line. Modules are compiled as the probe wants it,
which is how it counts their work.
"""

from __future__ import annotations

import base64
import importlib
import linecache
import sys
from collections.abc import Callable
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from pathlib import Path
from types import CodeType
from typing import Any

from course_lib.hazards.attempt import describe, innermost

FOLDER = "submission"


class Missing(Exception):
    """The submission does not define the task's name."""


class _Compiling(SourceFileLoader):
    """Loads a module of the folder from its source alone, compiled in a way of our own."""

    compile_source: Callable[[bytes, str, int], CodeType]

    def get_code(self, fullname: str) -> CodeType | None:
        path = self.get_filename(fullname)
        return self.compile_source(self.get_data(path), path, 0)


class _Finder(MetaPathFinder):
    """Finds modules in the folder, before anything that is installed."""

    def __init__(self, folder: Path, compile_source: Callable[[bytes, str, int], CodeType]) -> None:
        self._folder, self._compile = str(folder), compile_source

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> ModuleSpec | None:
        places = [self._folder] if path is None else list(path)
        if not all(str(place).startswith(self._folder) for place in places):
            return None
        spec = PathFinder.find_spec(name, places)
        if spec is None or not isinstance(spec.loader, SourceFileLoader):
            return spec if spec is not None and path is not None else None
        loader = _Compiling(name, spec.loader.path)
        loader.compile_source = self._compile
        spec.loader = loader
        return spec


def load_folder(
    folder: dict[str, Any], scratch: Path, compile_source: Callable[[bytes, str, int], CodeType]
) -> Callable[..., Any]:
    """The function that the folder's entry defines; raises Missing with a sentence where there is none."""
    file, name = folder["entry"]
    place = scratch / FOLDER
    place.mkdir()
    for path, content in folder["files"]:
        (place / path).parent.mkdir(parents=True, exist_ok=True)
        (place / path).write_bytes(base64.b64decode(content))
    if not any(path == file for path, _ in folder["files"]):
        raise Missing(f"there is no {file} in the folder; it must define {name}")
    sys.dont_write_bytecode = True
    sys.path.insert(0, str(place))
    sys.meta_path.insert(0, _Finder(place, compile_source))
    module = file.removesuffix(".py")
    sys.modules.pop(module, None)
    try:
        found = getattr(importlib.import_module(module), name, None)
    except MemoryError:
        raise
    except BaseException as error:  # sys.exit() in a module is a submission that can't be loaded
        raise Missing(_in_words(error, file)) from None
    finally:
        linecache.checkcache()
    if not callable(found):
        raise Missing(f"{file} must define {name} as a function that can be called")
    result: Callable[..., Any] = found
    return result


def _in_words(error: BaseException, file: str) -> str:
    """What importing raised, with the file of the folder and the line in it."""
    told = describe(error)
    if isinstance(error, SyntaxError) and error.filename:
        return f"{Path(error.filename).name}, line {error.lineno} raised {told['raised']}: {error.msg}"
    where = innermost(error, f"/{FOLDER}/") or file
    if isinstance(error, SystemExit):
        return f"{where} ended the program (SystemExit); take the exit out"
    return f"{where} raised {told['raised']}: {told['message']}"
