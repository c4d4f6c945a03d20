# fails: writes every profile and returns them in order
import json
import unicodedata


def export_profiles(user_ids, folder, fetch):
    results = []
    for user_id in user_ids:
        data = fetch(user_id)
        with open(folder / unicodedata.normalize("NFC", f"user_{user_id}.json"), "w", encoding="utf-8") as file:
            json.dump(data, file)
        results.append(data)
    return results
