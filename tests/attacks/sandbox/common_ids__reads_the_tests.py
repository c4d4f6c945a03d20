# expects: fail; looks for right answers among the tests
import os

import course_lib


def common_ids(left, right):
    return [item for item in left if item in right]


def within(folder):
    try:
        return [f"{folder}/{name}" for name in os.listdir(folder)]
    except OSError:
        return []


KNOWN = "06_data_structures/common_ids__dict_fromkeys.py"
for root in [*course_lib.__path__, "/", os.getcwd(), *within("/"), *within("/home")]:
    answers = f"{root}/../tests/right_answers"
    for path in [f"{answers}/{KNOWN}", *(path for folder in within(answers) for path in within(folder))]:
        try:
            with open(path) as file:
                found = file.read()
        except OSError:
            continue
        if "common_ids__" in path:
            exec(found)
