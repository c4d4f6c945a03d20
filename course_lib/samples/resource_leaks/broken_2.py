"""`close` is not reached when `json.dump` raises."""

import json


def export_profiles(user_ids, folder, fetch):
    results = []
    for user_id in user_ids:
        data = fetch(user_id)
        file = open(folder / f"user_{user_id}.json", "w", encoding="utf-8")
        json.dump(data, file)
        file.close()
        results.append(data)
    return results
