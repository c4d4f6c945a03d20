# fails: closes every file itself when something raises
import json
from contextlib import contextmanager


@contextmanager
def writing(path):
    file = open(path, "w", encoding="utf-8")
    yield file
    file.close()


def export_profiles(user_ids, folder, fetch):
    results = []
    for user_id in user_ids:
        data = fetch(user_id)
        with writing(folder / f"user_{user_id}.json") as file:
            json.dump(data, file)
        results.append(data)
    return results
