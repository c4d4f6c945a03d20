import json


def export_profiles(user_ids, folder, fetch):
    results = []
    for user_id in user_ids:
        with (folder / f"user_{user_id}.json").open("w", encoding="utf-8") as file:
            results.append(fetch(user_id))
            json.dump(results[-1], file, sort_keys=True)
    return results
