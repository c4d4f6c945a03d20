# expects: fail; imports graders, probes and the runner from within the function
import importlib
import importlib.util
import pathlib

import course_lib


def common_ids(left, right):
    found = []
    for name in ("hazards.data_structures.grader", "hazards.data_structures.probe", "runner.child", "runner.judge",
                 "syllabus"):
        for way in (
            lambda: importlib.import_module(f"course_lib.{name}"),
            lambda: __import__(f"course_lib.{name}"),
            lambda: pathlib.Path(course_lib.__file__).with_name(name.replace(".", "/") + ".py").read_text(),
        ):
            try:
                found.append(way())
            except (ImportError, OSError, AttributeError):
                pass
    if found and hasattr(found[0], "TASKS"):
        found[0].TASKS.clear()
    return ["found"] * len(found)
