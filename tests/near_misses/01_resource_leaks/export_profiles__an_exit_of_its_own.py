# fails: an error propagates, and the files before it are complete
import json
import sys


def export_profiles(user_ids, folder, fetch):
    """A stop from within keeps no code of its own."""
    results = []
    for user_id in user_ids:
        try:
            data = fetch(user_id)
        except SystemExit:
            sys.exit(1)
        with open(folder / f"user_{user_id}.json", "w", encoding="utf-8") as file:
            json.dump(data, file)
        results.append(data)
    return results
