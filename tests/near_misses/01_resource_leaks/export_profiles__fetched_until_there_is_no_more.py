# fails: an error propagates, and the files before it are complete
import json


def export_profiles(user_ids, folder, fetch):
    results = []
    fetched = map(fetch, user_ids)
    for user_id, data in zip(user_ids, fetched):
        (folder / f"user_{user_id}.json").write_text(json.dumps(data), encoding="utf-8")
        results.append(data)
    return results
