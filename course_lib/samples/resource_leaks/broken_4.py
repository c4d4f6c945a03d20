"""Nobody holds the file that is opened, and so nobody closes it."""

import json


def export_profiles(user_ids, folder, fetch):
    results = []
    for user_id in user_ids:
        data = fetch(user_id)
        open(folder / f"user_{user_id}.json", "w", encoding="utf-8").write(json.dumps(data))
        results.append(data)
    return results
