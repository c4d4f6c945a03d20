import gzip
import json


def export_profiles(user_ids, folder, fetch):
    """Beside each profile its compressed copy."""
    out = []
    for user_id in user_ids:
        data = fetch(user_id)
        text = json.dumps(data)
        path = folder / f"user_{user_id}.json"
        path.write_text(text, encoding="utf-8")
        with gzip.open(path.with_name(f"{path.name}.gz"), "wt", encoding="utf-8") as copy:
            copy.write(text)
        out.append(data)
    return out
