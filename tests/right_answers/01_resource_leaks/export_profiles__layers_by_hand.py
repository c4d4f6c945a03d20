import io
import json


def export_profiles(user_ids, folder, fetch):
    results = []
    for user_id in user_ids:
        data = fetch(user_id)
        raw = io.FileIO(folder / f"user_{user_id}.json", "w")
        with io.TextIOWrapper(io.BufferedWriter(raw), encoding="utf-8") as file:
            json.dump(data, file)
        results.append(data)
    return results
