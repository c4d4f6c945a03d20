# fails: an error propagates, and the files before it are complete
import json


def export_profiles(user_ids, folder, fetch):
    results = [fetch(user_id) for user_id in user_ids]
    for user_id, data in zip(user_ids, results):
        with open(folder / f"user_{user_id}.json", "w", encoding="utf-8") as file:
            json.dump(data, file)
    return results
