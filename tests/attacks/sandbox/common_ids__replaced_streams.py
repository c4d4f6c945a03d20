# expects: fail; replaces the streams and hooks of sys by objects that raise
import sys


class Raising:
    def __getattr__(self, name):
        raise SystemExit(0)


sys.stdout = sys.stderr = sys.stdin = Raising()
sys.excepthook = sys.unraisablehook = sys.displayhook = sys.breakpointhook = Raising()
del sys.__stdout__, sys.__stderr__


def common_ids(left, right):
    return [item for item in left if item in right]
