# fails: an error propagates, and the files before it are complete
import json
def export_profiles(user_ids, folder, fetch):
    def one(user_id):
        data = fetch(user_id)
        with open(folder / f"user_{user_id}.json", "w", encoding="utf-8") as file:
            json.dump(data, file)
        return data
    return list(map(one, user_ids))
