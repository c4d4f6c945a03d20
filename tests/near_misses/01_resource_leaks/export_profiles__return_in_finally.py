# fails: an error propagates, and the files before it are complete
import json


def export_profiles(user_ids, folder, fetch):
    results = []
    try:
        for user_id in user_ids:
            data = fetch(user_id)
            with open(folder / f"user_{user_id}.json", "w", encoding="utf-8") as file:
                json.dump(data, file)
            results.append(data)
    finally:
        return results
