# fails: writes every profile and returns them in order
import json


def export_profiles(user_ids, folder, fetch):
    if not user_ids:
        return []
    first, *rest = user_ids
    data = fetch(first)
    with open(folder / f"user_{first}.json", "w", encoding="utf-8") as file:
        json.dump(data, file)
    return [data, *export_profiles(rest, folder, fetch)]
