import json, logging

def export_profiles(user_ids, folder, fetch):
    out = []
    for user_id in user_ids:
        data = fetch(user_id)
        handler = logging.FileHandler(folder / f"user_{user_id}.json", mode="w", encoding="utf-8")
        try:
            handler.stream.write(json.dumps(data))
        finally:
            handler.close()
        out.append(data)
    return out
