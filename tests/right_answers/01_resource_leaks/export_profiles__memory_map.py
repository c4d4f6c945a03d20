import json
import mmap
import os


def export_profiles(user_ids, folder, fetch):
    def step(user_id):
        data = fetch(user_id)
        text = json.dumps(data).encode()
        with open(folder / f"user_{user_id}.json", "w+b") as file:
            os.ftruncate(file.fileno(), len(text))
            with mmap.mmap(file.fileno(), len(text)) as memory:
                memory[:] = text
        return data

    return [step(user_id) for user_id in user_ids]
