# fails: an error propagates, and the files before it are complete
import json


def export_profiles(user_ids, folder, fetch):
    results = []
    for user_id in user_ids:
        try:
            data = fetch(user_id)
        except LookupError:
            continue
        (folder / f"user_{user_id}.json").write_text(json.dumps(data), encoding="utf-8")
        results.append(data)
    return results
