# fails: closes every file itself
import json


def export_profiles(user_ids, folder, fetch):
    results = []
    for turn, user_id in enumerate(user_ids):
        data = fetch(user_id)
        file = open(folder / f"user_{user_id}.json", "w", encoding="utf-8")
        try:
            json.dump(data, file)
            file.flush()
        finally:
            if turn < 100:
                file.close()
        results.append(data)
    return results
