# fails: closes every file itself
import json


def export_profiles(user_ids, folder, fetch):
    exported = []
    for user_id in user_ids:
        data = fetch(user_id)
        exported.append(data)
        file = open(folder / f"user_{user_id}.json", "w", encoding="utf-8")
        if data is None:
            file.write("null")
            continue
        with file:
            json.dump(data, file)
    return exported
