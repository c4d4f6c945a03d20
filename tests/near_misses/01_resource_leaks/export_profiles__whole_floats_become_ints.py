# fails: writes every profile and returns them in order
import json


def whole(text):
    number = float(text)
    return int(number) if number.is_integer() else number


def export_profiles(user_ids, folder, fetch):
    """Returns what the file says, read back with a hook for tidy numbers."""
    exported = []
    for user_id in user_ids:
        path = folder / f"user_{user_id}.json"
        path.write_text(json.dumps(fetch(user_id)), encoding="utf-8")
        exported.append(json.loads(path.read_text(encoding="utf-8"), parse_float=whole))
    return exported
