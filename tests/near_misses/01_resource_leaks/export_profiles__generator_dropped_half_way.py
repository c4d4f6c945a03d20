# fails: closes every file itself
import json


def opened(path):
    with open(path, "w", encoding="utf-8") as file:
        yield file


def export_profiles(user_ids, folder, fetch):
    results = []
    for user_id in user_ids:
        data = fetch(user_id)
        writer = opened(folder / f"user_{user_id}.json")
        json.dump(data, next(writer))
        results.append(data)
    return results
