# fails: writes every profile and returns them in order
import json


def export_profiles(user_ids, folder, fetch):
    exported = []
    for user_id in user_ids:
        data = fetch(user_id)
        with open(folder / f"user_{user_id}.json".lower(), "w", encoding="utf-8") as file:
            json.dump(data, file)
        exported.append(data)
    return exported
