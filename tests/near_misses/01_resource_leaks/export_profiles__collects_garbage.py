# fails: closes every file itself
import gc
import json


def export_profiles(user_ids, folder, fetch):
    results = []
    try:
        for user_id in user_ids:
            data = fetch(user_id)
            file = open(folder / f"user_{user_id}.json", "w", encoding="utf-8")
            json.dump(data, file)
            results.append(data)
    finally:
        file = None
        gc.collect()
    return results
