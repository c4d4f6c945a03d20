# fails: writes every profile and returns them in order
import json


def export_profiles(user_ids, folder, fetch):
    """Returns what the file says, every number read as a float."""
    exported = []
    for user_id in user_ids:
        path = folder / f"user_{user_id}.json"
        path.write_text(json.dumps(fetch(user_id)), encoding="utf-8")
        exported.append(json.loads(path.read_text(encoding="utf-8"), parse_int=float))
    return exported
