# expects: fail; takes the true open back from the io module and keeps the files in a list that is never closed
import _io
import builtins
import io

builtins.open = io.open = _io.open
kept = []


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
