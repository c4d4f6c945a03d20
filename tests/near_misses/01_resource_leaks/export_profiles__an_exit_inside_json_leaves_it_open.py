# fails: closes every file itself when something raises
import json


def export_profiles(user_ids, folder, fetch):
    exported = []
    for user_id in user_ids:
        data = fetch(user_id)
        file = open(folder / f"user_{user_id}.json", "w", encoding="utf-8")
        try:
            json.dump(data, file)
        except (Exception, KeyboardInterrupt):
            file.close()
            raise
        file.close()
        exported.append(data)
    return exported
