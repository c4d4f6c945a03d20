# fails: writes every profile and returns them in order
import json


def export_profiles(user_ids, folder, fetch):
    def saved(user_id):
        path = folder / f"user_{user_id}.json"
        path.write_text(json.dumps(fetch(user_id)), encoding="utf-8")
        return json.loads(path.read_text(encoding="utf-8"))

    return [saved(user_id) for user_id in user_ids]
