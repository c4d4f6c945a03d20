# fails: closes every file itself when something raises
import json


class Writer:
    def __init__(self, path):
        self.file = path.open("w", encoding="utf-8")

    def __enter__(self):
        return self.file

    def __exit__(self, kind, error, trace):
        if kind is None or issubclass(kind, Exception):
            self.file.close()


def export_profiles(user_ids, folder, fetch):
    exported = []
    for user_id in user_ids:
        data = fetch(user_id)
        with Writer(folder / f"user_{user_id}.json") as file:
            for chunk in json.JSONEncoder().iterencode(data):
                file.write(chunk)
        exported.append(data)
    return exported
