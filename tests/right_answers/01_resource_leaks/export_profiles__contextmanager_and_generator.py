import json
from contextlib import contextmanager


@contextmanager
def writing(path):
    file = open(path, mode="wt", encoding="utf-8", newline="\n")
    try:
        yield file
    finally:
        file.close()


def exported(user_ids, folder, fetch):
    for user_id in user_ids:
        with writing(folder / f"user_{user_id}.json") as file:
            data = fetch(user_id)
            json.dump(data, file)
        yield data


def export_profiles(user_ids, folder, fetch):
    return list(exported(user_ids, folder, fetch))
