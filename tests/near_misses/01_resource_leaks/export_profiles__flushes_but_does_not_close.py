# fails: closes every file itself
import json
import os


def export_profiles(user_ids, folder, fetch):
    results = []
    for user_id in user_ids:
        data = fetch(user_id)
        file = open(folder / f"user_{user_id}.json", "w", encoding="utf-8")
        json.dump(data, file)
        file.flush()
        os.fsync(file.fileno())
        results.append(data)
    return results
