# fails: writes every profile and returns them in order
import json


def plain(value):
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    return int(value) if isinstance(value, bool) else value


def export_profiles(user_ids, folder, fetch):
    exported = []
    for user_id in user_ids:
        data = fetch(user_id)
        with (folder / f"user_{user_id}.json").open("w", encoding="utf-8") as file:
            json.dump(data, file)
        exported.append(plain(data))
    return exported
