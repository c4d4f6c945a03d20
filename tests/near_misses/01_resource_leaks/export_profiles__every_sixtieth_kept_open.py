# fails: at most 8 files are open at once
import json


def export_profiles(user_ids, folder, fetch):
    results, kept = [], []
    try:
        for turn, user_id in enumerate(user_ids):
            data = fetch(user_id)
            file = open(folder / f"user_{user_id}.json", "w", encoding="utf-8")
            try:
                json.dump(data, file)
                file.flush()
            finally:
                if turn % 60 == 0:
                    kept.append(file)
                else:
                    file.close()
            results.append(data)
    finally:
        for file in kept:
            file.close()
    return results
