import json
from concurrent.futures import ThreadPoolExecutor


def write(path, data):
    with open(path, "w", encoding="utf-8") as file:
        json.dump(data, file)


def export_profiles(user_ids, folder, fetch):
    results = []
    with ThreadPoolExecutor(max_workers=1) as pool:
        for user_id in user_ids:
            data = fetch(user_id)
            pool.submit(write, folder / f"user_{user_id}.json", data).result()
            results.append(data)
    return results
