# fails: an error propagates, and the files before it are complete
import json


def export_profiles(user_ids, folder, fetch):
    results = []
    for user_id in user_ids:
        data = fetch(user_id)
        try:
            text = json.dumps(data)
        except RecursionError:
            text = "null"
        with open(folder / f"user_{user_id}.json", "w", encoding="utf-8") as file:
            file.write(text)
        results.append(data)
    return results
