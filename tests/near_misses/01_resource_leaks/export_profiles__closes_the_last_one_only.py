# fails: closes every file itself
import json


def export_profiles(user_ids, folder, fetch):
    results = []
    file = None
    try:
        for user_id in user_ids:
            data = fetch(user_id)
            file = open(folder / f"user_{user_id}.json", "w", encoding="utf-8")
            json.dump(data, file)
            results.append(data)
    finally:
        if file is not None:
            file.close()
    return results
