# fails: writes every profile and returns them in order
import json
import sys


def export_profiles(user_ids, folder, fetch):
    results, screen = [], sys.stdout
    for user_id in user_ids:
        with open(folder / f"user_{user_id}.json", "w", encoding="utf-8") as file:
            sys.stdout = file
            try:
                results.append(fetch(user_id))
                json.dump(results[-1], sys.stdout)
            finally:
                sys.stdout = screen
    return results
