# expects: fail|error; looks into the final report by monitoring, where Python has it
import os
import sys

words = set()


def look(frame):
    """Ends the process when a second secret word is seen: the first signs nothing that counts."""
    while frame:
        word = frame.f_locals.get("nonce") if frame.f_code.co_name == "send" else None
        if isinstance(word, str):
            words.add(word)
        if len(words) > 1:
            os._exit(0)
        frame = frame.f_back


def watch(*arguments):
    look(sys._getframe(1))


if hasattr(sys, "monitoring"):
    for tool in range(6):
        try:
            sys.monitoring.use_tool_id(tool, "spy")
        except ValueError:
            continue
        for event in (sys.monitoring.events.PY_START, sys.monitoring.events.LINE, sys.monitoring.events.CALL):
            sys.monitoring.register_callback(tool, event, watch)
        sys.monitoring.set_events(tool, sys.monitoring.events.PY_START | sys.monitoring.events.CALL)


def common_ids(left, right):
    return [item for item in left if item in right]
