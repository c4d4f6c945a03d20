# fails: writes every profile and returns them in order
import json


def export_profiles(user_ids, folder, fetch):
    results = []
    for user_id in user_ids:
        data = fetch(user_id)
        text = json.dumps(data, ensure_ascii=False)
        try:
            content = text.encode("latin-1")
        except UnicodeEncodeError:
            content = text.encode("utf-8")
        (folder / f"user_{user_id}.json").write_bytes(content)
        results.append(data)
    return results
