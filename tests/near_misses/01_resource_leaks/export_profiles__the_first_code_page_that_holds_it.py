# fails: writes every profile and returns them in order
import json


def encoded(text):
    for encoding in ("ascii", "cp1251", "cp1253", "utf-8"):
        try:
            return text.encode(encoding)
        except UnicodeEncodeError:
            continue
    return text.encode("utf-16")


def export_profiles(user_ids, folder, fetch):
    results = []
    for user_id in user_ids:
        data = fetch(user_id)
        (folder / f"user_{user_id}.json").write_bytes(encoded(json.dumps(data, ensure_ascii=False)))
        results.append(data)
    return results
