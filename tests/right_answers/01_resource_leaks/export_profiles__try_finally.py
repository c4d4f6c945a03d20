import json


def export_profiles(user_ids, folder, fetch):
    results = []
    for user_id in user_ids:
        file = open(folder / f"user_{user_id}.json", "w", encoding="utf-8")
        try:
            data = fetch(user_id)
            json.dump(data, file)
        finally:
            file.close()
        results.append(data)
    return results
