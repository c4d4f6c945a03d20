import json


def export_profiles(user_ids, folder, fetch):
    exported = []
    for user_id in user_ids:
        data = fetch(user_id)
        file = (folder / f"user_{user_id}.json").open("wb")
        try:
            for chunk in json.JSONEncoder(sort_keys=True).iterencode(data):
                file.write(chunk.encode("utf-8"))
        finally:
            file.close()
        exported.append(data)
    return exported
