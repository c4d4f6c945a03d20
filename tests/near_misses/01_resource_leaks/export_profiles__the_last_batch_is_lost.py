# fails: writes every profile and returns them in order
import json
from contextlib import ExitStack

BATCH = 4


def export_profiles(user_ids, folder, fetch):
    exported = []
    for number in range(len(user_ids) // BATCH):
        with ExitStack() as stack:
            for user_id in user_ids[number * BATCH:(number + 1) * BATCH]:
                data = fetch(user_id)
                file = stack.enter_context(open(folder / f"user_{user_id}.json", "w", encoding="utf-8"))
                json.dump(data, file)
                exported.append(data)
    return exported
