import json


def export_profiles(user_ids, folder, fetch):
    results = []
    for user_id in user_ids:
        data = fetch(user_id)
        text = json.dumps(data, ensure_ascii=False)
        encoding = "ascii" if text.isascii() else "utf-8"
        with open(folder / f"user_{user_id}.json", "w", encoding=encoding) as file:
            file.write(text)
        results.append(data)
    return results
