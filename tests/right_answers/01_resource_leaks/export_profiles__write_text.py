import json


def export_profiles(user_ids, folder, fetch):
    results = []
    for user_id in user_ids:
        data = fetch(user_id)
        (folder / f"user_{user_id}.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
        results.append(data)
    return results
