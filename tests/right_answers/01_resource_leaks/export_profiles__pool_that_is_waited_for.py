import json
from concurrent.futures import ThreadPoolExecutor


def write(folder, user_id, data):
    with open(folder / f"user_{user_id}.json", "w", encoding="utf-8") as file:
        json.dump(data, file)
    return data


def export_profiles(user_ids, folder, fetch):
    with ThreadPoolExecutor(1) as pool:
        written = []
        for user_id in user_ids:
            written.append(pool.submit(write, folder, user_id, fetch(user_id)))
            written[-1].result()
    return [future.result() for future in written]
