# expects: fail; opens raw descriptors that no file object knows of, and never closes them
import os

kept = []


import json


def export_profiles(user_ids, folder, fetch):
    exported = []
    for user_id in user_ids:
        data = fetch(user_id)
        descriptor = os.open(folder / f"user_{user_id}.json", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.write(descriptor, json.dumps(data).encode())
        exported.append(data)
    return exported
