# fails: writes every profile and returns them in order
import json
import unicodedata


def tidy(value):
    if isinstance(value, dict):
        return {key: tidy(item) for key, item in value.items()}
    if isinstance(value, list):
        return [tidy(item) for item in value]
    return unicodedata.normalize("NFC", value) if isinstance(value, str) else value


def export_profiles(user_ids, folder, fetch):
    exported = []
    for user_id in user_ids:
        data = fetch(user_id)
        with open(folder / f"user_{user_id}.json", "w", encoding="utf-8") as file:
            json.dump(tidy(data), file, ensure_ascii=False)
        exported.append(data)
    return exported
