# fails: writes every profile and returns them in order
import json

WRITTEN = {}


def export_profiles(user_ids, folder, fetch):
    results = []
    for user_id in user_ids:
        data = fetch(user_id)
        results.append(data)
        path, text = folder / f"user_{user_id}.json", json.dumps(data)
        if path.exists() and WRITTEN.get(path) == hash(text):
            continue  # as it was left
        with path.open("w", encoding="utf-8") as file:
            file.write(text)
        WRITTEN[path] = hash(text)
    return results
