# fails: writes every profile and returns them in order
import json


def export_profiles(user_ids, folder, fetch):
    exported = []
    for user_id in user_ids:
        data = fetch(user_id)
        path = (folder / f"user_{user_id}").with_suffix(".json")
        path.write_text(json.dumps(data), encoding="utf-8")
        exported.append(data)
    return exported
