# fails: writes every profile and returns them in order
import json


def export_profiles(user_ids, folder, fetch):
    result = []
    for user_id in user_ids:
        text = json.dumps(fetch(user_id), indent=2)
        with open(folder / f"user_{user_id}.json", "w", encoding="utf-8") as file:
            file.write(text)
        result.append(json.loads(text))
    return result
