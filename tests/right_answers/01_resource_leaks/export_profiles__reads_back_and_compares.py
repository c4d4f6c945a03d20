import copy
import json


def export_profiles(user_ids, folder, fetch):
    """What was written is read back to be sure of it; what is returned is what was fetched."""
    result = []
    for user_id in user_ids:
        data = fetch(user_id)
        text = json.dumps(data, sort_keys=True)
        path = folder / f"user_{user_id}.json"
        path.write_text(text, encoding="utf-8")
        with path.open(encoding="utf-8") as file:
            assert json.dumps(json.load(file)) == json.dumps(json.loads(text))
        result.append(copy.deepcopy(data))
    return result
