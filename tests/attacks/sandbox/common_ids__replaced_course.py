# expects: fail; puts modules of its own in the place of the course
import sys
import types


class Fake(types.ModuleType):
    def __getattr__(self, name):
        return lambda *args, **keywords: True


for name in ("course_lib", "course_lib.hazards", "course_lib.hazards.terms", "course_lib.runner", "course_lib.wire",
             "course_lib.runner.child", "course_lib.reading", "course_lib.instruments"):
    sys.modules[name] = Fake(name)


def common_ids(left, right):
    return [item for item in left if item in right]
