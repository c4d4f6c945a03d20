# fails: closes every file itself
import json
import os
import tempfile


def export_profiles(user_ids, folder, fetch):
    results = []
    for user_id in user_ids:
        data = fetch(user_id)
        file = tempfile.NamedTemporaryFile("w", dir=folder, delete=False, encoding="utf-8")
        json.dump(data, file)
        file.flush()
        os.replace(file.name, folder / f"user_{user_id}.json")
        results.append(data)
    return results
