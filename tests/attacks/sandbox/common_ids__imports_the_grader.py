# expects: error; imports the grader while it is being loaded
from course_lib.hazards.data_structures import grader as data_structures


def common_ids(left, right):
    return [item for item in left if item in right]
