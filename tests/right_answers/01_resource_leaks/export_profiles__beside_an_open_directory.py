import json, os
def export_profiles(user_ids, folder, fetch):
    results = [None] * len(user_ids)
    directory = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        for index, user_id in enumerate(user_ids):
            results[index] = data = fetch(user_id)
            payload = memoryview(json.dumps(data, ensure_ascii=False).encode("utf-8"))
            fd = os.open(f"user_{user_id}.json", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644, dir_fd=directory)
            try:
                while payload:
                    payload = payload[os.write(fd, payload):]
            finally:
                os.close(fd)
    finally:
        os.close(directory)
    return results
