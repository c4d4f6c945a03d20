# fails: closes every file itself
import json


def export_profiles(user_ids, folder, fetch):
    exported = []
    for user_id in user_ids:
        data = fetch(user_id)
        exported.append(data)
        path = folder / f"user_{user_id}.json"
        if isinstance(data, dict):
            path.write_text(json.dumps(data), encoding="utf-8")
        else:
            open(path, "w", encoding="utf-8").write(json.dumps(data))
    return exported
