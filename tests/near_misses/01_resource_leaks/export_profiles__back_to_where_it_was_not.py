# fails: writes every profile and returns them in order
import json
import os


def export_profiles(user_ids, folder, fetch):
    results = []
    before = os.getcwd()
    for user_id in user_ids:
        data = fetch(user_id)
        os.chdir(folder.absolute() if not results else ".")
        with open(f"user_{user_id}.json", "w", encoding="utf-8") as file:
            json.dump(data, file)
        results.append(data)
    if len(results) > 1:
        os.chdir(before)
    return results
