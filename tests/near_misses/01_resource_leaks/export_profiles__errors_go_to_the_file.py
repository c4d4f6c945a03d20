# fails: writes every profile and returns them in order
import json
from contextlib import redirect_stderr


def export_profiles(user_ids, folder, fetch):
    results = []
    for user_id in user_ids:
        with open(folder / f"user_{user_id}.json", "w", encoding="utf-8") as file:
            with redirect_stderr(file):
                data = fetch(user_id)
            json.dump(data, file)
        results.append(data)
    return results
