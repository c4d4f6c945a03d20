# fails: writes every profile and returns them in order
import json
import threading


def export_profiles(user_ids, folder, fetch):
    fetched, results = [], []
    for user_id in user_ids:
        data = fetch(user_id)
        with open(folder / f"user_{user_id}.json", "w", encoding="utf-8") as file:
            json.dump(data, file)
        fetched.append(data)
    threading.Timer(0.005, results.extend, [fetched]).start()
    return results
