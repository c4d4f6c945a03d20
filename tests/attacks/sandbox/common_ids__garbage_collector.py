# expects: fail; switches the collector off, freezes it, and leaves objects whose __del__ raises and revives
import gc
import sys

gc.disable()
gc.freeze()
gc.set_threshold(1)
gc.callbacks.append(lambda phase, info: 1 / 0)


class Undead:
    kept = []

    def __init__(self):
        self.me = self

    def __del__(self):
        self.kept.append(self)
        raise SystemExit(0)


for _ in range(100):
    Undead()
sys.setswitchinterval(100)


def common_ids(left, right):
    return [item for item in left if item in right]
