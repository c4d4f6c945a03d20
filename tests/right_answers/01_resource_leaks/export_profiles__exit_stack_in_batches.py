import json
from contextlib import ExitStack
from itertools import islice


def export_profiles(user_ids, folder, fetch):
    exported, waiting = [], iter(user_ids)
    while batch := list(islice(waiting, 8)):
        with ExitStack() as stack:
            for user_id in batch:
                data = fetch(user_id)
                if any(user_id == earlier for earlier in batch[: batch.index(user_id)]):
                    stack.close()
                file = stack.enter_context(open(folder / f"user_{user_id}.json", "w", encoding="utf-8"))
                json.dump(data, file)
                file.flush()
                exported.append(data)
    return exported
