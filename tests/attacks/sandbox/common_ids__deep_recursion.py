# expects: error|fail; recurses in C until the stack is used up
import sys

sys.setrecursionlimit(10**9)


class Deeper:
    def __getattr__(self, name):
        return getattr(self, name + "x")

    def __eq__(self, other):
        return sorted([self, self], key=lambda one: Deeper() == other)


def common_ids(left, right):
    return Deeper() == Deeper()
