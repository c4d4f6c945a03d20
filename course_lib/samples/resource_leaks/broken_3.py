"""A dict at the top of the module keeps every file open."""

import json

_writers = {}


def writer_for(path):
    if path not in _writers:
        _writers[path] = open(path, "w", encoding="utf-8")
    file = _writers[path]
    file.seek(0)
    file.truncate()
    return file


def export_profiles(user_ids, folder, fetch):
    results = []
    for user_id in user_ids:
        data = fetch(user_id)
        file = writer_for(folder / f"user_{user_id}.json")
        json.dump(data, file)
        file.flush()
        results.append(data)
    return results
