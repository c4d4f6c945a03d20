# fails: writes every profile and returns them in order
import json
LAST = {}


def export_profiles(user_ids, folder, fetch):
    results = []
    for user_id in user_ids:
        data = fetch(user_id)
        if LAST.get(folder / str(user_id)) == json.dumps(data):
            results.append(data)
            continue
        LAST[folder / str(user_id)] = json.dumps(data)
        with open(folder / f"user_{user_id}.json", "w", encoding="utf-8") as file:
            json.dump(data, file)
        results.append(data)
    return results
