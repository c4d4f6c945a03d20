# fails: writes every profile and returns them in order
import json


def as_lists(data):
    if isinstance(data, dict):
        return {key: as_lists(value) for key, value in data.items()}
    return [as_lists(value) for value in data] if isinstance(data, (list, tuple)) else data


def export_profiles(user_ids, folder, fetch):
    result = []
    for user_id in user_ids:
        result.append(as_lists(fetch(user_id)))
        with open(folder / f"user_{user_id}.json", "w", encoding="utf-8") as file:
            json.dump(result[-1], file)
    return result
