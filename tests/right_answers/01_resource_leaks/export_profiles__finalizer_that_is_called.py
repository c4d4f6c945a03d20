import json, weakref
class Output:
    def __init__(self, path):
        self.file = open(path, "w", encoding="utf-8")
        self.finish = weakref.finalize(self, self.file.close)
    def __enter__(self):
        return self.file
    def __exit__(self, *why):
        self.finish()
def export_profiles(user_ids, folder, fetch):
    out = []
    for user_id in user_ids:
        out.append(fetch(user_id))
        with Output(folder / f"user_{user_id}.json") as file:
            json.dump(out[-1], file)
    return out
