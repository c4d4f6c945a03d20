# fails: closes every file itself
import json


class ProfileWriter:
    def __init__(self, path):
        self.file = open(path, "w", encoding="utf-8")

    def write(self, data):
        json.dump(data, self.file)

    def __del__(self):
        self.file.close()


def export_profiles(user_ids, folder, fetch):
    results = []
    for user_id in user_ids:
        data = fetch(user_id)
        ProfileWriter(folder / f"user_{user_id}.json").write(data)
        results.append(data)
    return results
