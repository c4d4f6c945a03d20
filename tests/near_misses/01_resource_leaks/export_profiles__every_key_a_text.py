# fails: writes every profile and returns them in order
import json


def with_text_keys(data):
    if isinstance(data, dict):
        return {str(key): with_text_keys(value) for key, value in data.items()}
    if isinstance(data, (list, tuple)):
        return type(data)(map(with_text_keys, data))
    return data


def export_profiles(user_ids, folder, fetch):
    result = []
    for user_id in user_ids:
        data = with_text_keys(fetch(user_id))
        with open(folder / f"user_{user_id}.json", "w", encoding="utf-8") as file:
            json.dump(data, file)
        result.append(data)
    return result
