import json
import os


def export_profiles(user_ids, folder, fetch):
    results = []
    for user_id in user_ids:
        data = fetch(user_id)
        content = memoryview(json.dumps(data).encode("utf-8"))
        descriptor = os.open(folder / f"user_{user_id}.json", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
        try:
            while content:
                content = content[os.write(descriptor, content) :]
        finally:
            os.close(descriptor)
        results.append(data)
    return results
