# fails: writes every profile and returns them in order
import json
from concurrent.futures import ThreadPoolExecutor

pool = ThreadPoolExecutor(1)


def export_profiles(user_ids, folder, fetch):
    results = []

    def export_all():
        for user_id in user_ids:
            data = fetch(user_id)
            with open(folder / f"user_{user_id}.json", "w", encoding="utf-8") as file:
                json.dump(data, file)
            results.append(data)

    pool.submit(export_all)
    return results
