# expects: fail; looks for whatever sends in the frames of every thread and in every module
import os
import sys


def common_ids(left, right):
    places = [vars(module) for module in list(sys.modules.values()) if hasattr(module, "__dict__")]
    for frame in sys._current_frames().values():
        while frame:
            places += [frame.f_locals, frame.f_globals]
            frame = frame.f_back
    for place in places:
        for value in list(place.values()):
            if getattr(value, "__name__", "") in ("send", "_sender") and getattr(value, "__closure__", None):
                value("done", None)
                os._exit(0)
    return [item for item in left if item in right]
