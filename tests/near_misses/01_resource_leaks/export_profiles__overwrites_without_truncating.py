# fails: writes every profile and returns them in order
import json
import os


def export_profiles(user_ids, folder, fetch):
    results = []
    for user_id in user_ids:
        data = fetch(user_id)
        descriptor = os.open(folder / f"user_{user_id}.json", os.O_WRONLY | os.O_CREAT)
        try:
            os.write(descriptor, json.dumps(data).encode())
        finally:
            os.close(descriptor)
        results.append(data)
    return results
