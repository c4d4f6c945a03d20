# fails: writes every profile and returns them in order
import json


def export_profiles(user_ids, folder, fetch):
    results = []
    for user_id in user_ids:
        data = fetch(user_id)
        text = json.dumps(data, ensure_ascii=False)
        with open(folder / f"user_{user_id}.json", "w", encoding="latin-1", errors="replace") as file:
            file.write(text)
        results.append(data)
    return results
