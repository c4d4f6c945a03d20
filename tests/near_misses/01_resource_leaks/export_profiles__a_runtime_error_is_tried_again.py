# fails: an error propagates, and the files before it are complete
import json


def export_profiles(user_ids, folder, fetch):
    results = []
    for user_id in user_ids:
        try:
            data = fetch(user_id)
        except RuntimeError:
            data = fetch(user_id)
        with open(folder / f"user_{user_id}.json", "w", encoding="utf-8") as file:
            json.dump(data, file)
        results.append(data)
    return results
