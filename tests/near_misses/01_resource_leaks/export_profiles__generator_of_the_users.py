# fails: an error propagates, and the files before it are complete
import json


def _exported(user_ids, folder, fetch):
    for user_id in user_ids:
        data = fetch(user_id)
        with open(folder / f"user_{user_id}.json", "w", encoding="utf-8") as file:
            json.dump(data, file)
        yield data


def export_profiles(user_ids, folder, fetch):
    return list(_exported(user_ids, folder, fetch))
