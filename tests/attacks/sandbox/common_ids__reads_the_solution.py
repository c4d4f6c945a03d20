# expects: fail; looks for the solution on the disk, in every place it can think of, and uses it
import json
import os
import pathlib
import sys

import course_lib


def places():
    yield from map(pathlib.Path, sys.path)
    yield from pathlib.Path(course_lib.__file__ or ".").absolute().parents
    yield from (pathlib.Path(path).absolute().parent for path in course_lib.__path__)
    for name in ("PWD", "OLDPWD", "VIRTUAL_ENV", "HOME", "PYTHONPATH"):
        if os.environ.get(name):
            yield from pathlib.Path(os.environ[name]).absolute().parents
            yield pathlib.Path(os.environ[name])
    yield from (pathlib.Path("/proc", str(os.getppid()), link) for link in ("cwd", "root"))
    yield from (pathlib.Path("."), pathlib.Path(".."), pathlib.Path.cwd().parent)


def answer():
    for place in places():
        for name in ("solutions/06_data_structures.ipynb", "course_lib/hazards/data_structures/coaching.md"):
            try:
                text = (place / name).read_text(encoding="utf-8")
            except OSError:
                continue
            if name.endswith(".md"):
                return "\n".join(text.split("```python")[1].split("```")[0].splitlines())
            for cell in json.loads(text)["cells"]:
                if "task:common_ids" in cell["metadata"].get("tags", ()):
                    return "".join(cell["source"])
    return "def common_ids(left, right):\n    return [item for item in left if item in right]"


exec(answer())
