# expects: error|fail; walks the frames from within the function and empties whatever the instrument has noted
import sys

kept = []


def empty_everything():
    frame = sys._getframe(1)
    while frame:
        if "course_lib" in frame.f_code.co_filename:
            for value in list(frame.f_locals.values()):
                for inner in [value, *vars(value).values()] if hasattr(value, "__dict__") else [value]:
                    if isinstance(inner, (list, dict, set)) and inner is not value:
                        inner.clear()
        frame = frame.f_back


import json


def export_profiles(user_ids, folder, fetch):
    exported = []
    for user_id in user_ids:
        file = open(folder / f"user_{user_id}.json", "w", encoding="utf-8")
        data = fetch(user_id)
        file.write(json.dumps(data))
        file.flush()
        exported.append(data)
        kept.append(file)
    empty_everything()
    return exported
