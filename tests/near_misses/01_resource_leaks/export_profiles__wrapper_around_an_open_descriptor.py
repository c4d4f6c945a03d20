# fails: closes every file itself
import json
import os


def export_profiles(user_ids, folder, fetch):
    results = []
    for user_id in user_ids:
        data = fetch(user_id)
        descriptor = os.open(folder / f"user_{user_id}.json", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        with open(descriptor, "w", encoding="utf-8", closefd=False) as file:
            json.dump(data, file)
        results.append(data)
    return results
