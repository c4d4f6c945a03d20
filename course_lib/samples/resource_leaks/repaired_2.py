"""A class of its own opens the file and closes it."""

import json


class JsonFile:
    def __init__(self, path):
        self.path = path

    def __enter__(self):
        self.file = open(self.path, "w", encoding="utf-8")
        return self

    def __exit__(self, *exc):
        self.file.close()
        return False

    def write(self, data):
        print(json.dumps(data), file=self.file)


def export_profiles(user_ids, folder, fetch):
    results = []
    for user_id in user_ids:
        with JsonFile(folder / f"user_{user_id}.json") as target:
            data = fetch(user_id)
            target.write(data)
            results.append(data)
    return results
