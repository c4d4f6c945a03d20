# fails: writes every profile and returns them in order
import json
from concurrent.futures import ThreadPoolExecutor


def write(path, text):
    with path.open("w", encoding="utf-8") as file:
        file.write(text)


def export_profiles(user_ids, folder, fetch):
    pool = ThreadPoolExecutor(max_workers=4)
    exported = []
    for user_id in user_ids:
        data = fetch(user_id)
        pool.submit(write, folder / f"user_{user_id}.json", json.dumps(data))
        exported.append(data)
    pool.shutdown(wait=False)
    return exported
