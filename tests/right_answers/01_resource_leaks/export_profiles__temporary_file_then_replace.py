import json
import os
import tempfile


def export_profiles(user_ids, folder, fetch):
    results = []
    for user_id in user_ids:
        data = fetch(user_id)
        with tempfile.NamedTemporaryFile("w", dir=folder, suffix=".tmp", delete=False, encoding="utf-8") as file:
            try:
                json.dump(data, file)
            except BaseException:
                os.unlink(file.name)
                raise
        os.replace(file.name, folder / f"user_{user_id}.json")
        results.append(data)
    return results
