# fails: writes every profile and returns them in order
import json


def export(pending, folder, fetch, exported):
    for user_id in pending[:2]:
        data = fetch(user_id)
        with (folder / f"user_{user_id}.json").open("w", encoding="utf-8") as file:
            json.dump(data, file)
        exported.append(data)
    if pending[2:]:
        export(pending[2:], folder, fetch, exported)
    return exported


def export_profiles(user_ids, folder, fetch):
    return export(user_ids, folder, fetch, [])
