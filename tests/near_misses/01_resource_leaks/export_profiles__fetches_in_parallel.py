# fails: writes every profile and returns them in order
import json
from concurrent.futures import ThreadPoolExecutor


def export_profiles(user_ids, folder, fetch):
    def export_one(user_id):
        data = fetch(user_id)
        with open(folder / f"user_{user_id}.json", "w", encoding="utf-8") as file:
            json.dump(data, file)
        return data

    with ThreadPoolExecutor(max_workers=4) as pool:
        return list(pool.map(export_one, user_ids))
