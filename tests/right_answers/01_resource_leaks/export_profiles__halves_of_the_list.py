import json


def export_profiles(user_ids, folder, fetch):
    if len(user_ids) > 1:
        half = len(user_ids) // 2
        return export_profiles(user_ids[:half], folder, fetch) + export_profiles(user_ids[half:], folder, fetch)
    exported = []
    for user_id in user_ids:
        data = fetch(user_id)
        with open(folder / f"user_{user_id}.json", "w", encoding="utf-8") as file:
            json.dump(data, file, ensure_ascii=False, indent=2)
        exported.append(data)
    return exported
