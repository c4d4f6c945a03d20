# expects: error|fail; returns files whose `closed` says yes
import builtins

real_open = builtins.open
kept = []


class Seeming:
    closed = True

    def __init__(self, *args, **keywords):
        self.__dict__["file"] = real_open(*args, **keywords)

    def __getattr__(self, name):
        return getattr(self.__dict__["file"], name)

    def close(self):
        return None


builtins.open = Seeming


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
    return exported
