import contextlib
import json


def export_profiles(user_ids, folder, fetch):
    results = list()
    for user_id in user_ids:
        data = fetch(user_id)
        with open(folder / f"user_{user_id}.json", mode="wt", encoding="utf-8") as out, contextlib.redirect_stdout(out):
            print(json.dumps(data, ensure_ascii=False, indent=4))
        results.append(data)
    return results
