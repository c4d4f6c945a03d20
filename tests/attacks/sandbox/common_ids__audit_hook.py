# expects: error; refuses everything that Python reports to audit hooks
import sys


def refuse(event, arguments):
    raise RuntimeError("not today")


sys.addaudithook(refuse)


def common_ids(left, right):
    return [item for item in left if item in right]
