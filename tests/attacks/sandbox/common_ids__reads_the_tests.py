# expects: fail; looks for right answers among the tests
import glob
import os

import course_lib


def common_ids(left, right):
    return [item for item in left if item in right]


for root in [*course_lib.__path__, "/", os.getcwd()]:
    for pattern in ("/../tests/right_answers/*/common_ids__*.py", "/work*/**/right_answers/*/common_ids__*.py"):
        for path in glob.glob(root + pattern):
            with open(path) as file:
                exec(file.read())
