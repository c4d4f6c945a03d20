# fails: writes every profile and returns them in order
import json
import re


def export_profiles(user_ids, folder, fetch):
    exported = []
    for user_id in user_ids:
        data = fetch(user_id)
        name = re.sub(r"[^A-Za-z0-9_-]", "_", str(user_id))
        with open(folder / f"user_{name}.json", "w", encoding="utf-8") as file:
            json.dump(data, file)
        exported.append(data)
    return exported
