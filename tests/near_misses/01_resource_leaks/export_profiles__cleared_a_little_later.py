# fails: what a call gives stays as it was
import json
import threading
import time


def export_profiles(user_ids, folder, fetch):
    results = []
    for user_id in user_ids:
        data = fetch(user_id)
        with open(folder / f"user_{user_id}.json", "w", encoding="utf-8") as file:
            json.dump(data, file)
        results.append(data)

    def free_memory():
        time.sleep(0.005)
        results.clear()

    threading.Thread(target=free_memory).start()
    return results
