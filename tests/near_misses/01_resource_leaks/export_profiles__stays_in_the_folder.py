# fails: writes every profile and returns them in order
import json, os
def export_profiles(user_ids, folder, fetch):
    os.chdir(folder)
    results = []
    for user_id in user_ids:
        data = fetch(user_id)
        with open(f"user_{user_id}.json", "w", encoding="utf-8") as file:
            json.dump(data, file)
        results.append(data)
    return results
