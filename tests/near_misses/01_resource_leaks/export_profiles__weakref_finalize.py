# fails: closes every file itself
import json
import weakref


class ProfileWriter:
    def __init__(self, path):
        self.file = open(path, "w", encoding="utf-8")
        weakref.finalize(self, self.file.close)


def export_profiles(user_ids, folder, fetch):
    results = []
    for user_id in user_ids:
        data = fetch(user_id)
        writer = ProfileWriter(folder / f"user_{user_id}.json")
        json.dump(data, writer.file)
        results.append(data)
    return results
