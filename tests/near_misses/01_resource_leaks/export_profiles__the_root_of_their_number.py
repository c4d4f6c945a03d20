# fails: at most 8 files are open at once
import json
from contextlib import ExitStack
from math import isqrt


def export_profiles(user_ids, folder, fetch):
    results = []
    left = list(user_ids)
    while left:
        part, left = left[: isqrt(len(user_ids))], left[isqrt(len(user_ids)) :]
        with ExitStack() as stack:
            for user_id in part:
                data = fetch(user_id)
                file = stack.enter_context((folder / f"user_{user_id}.json").open("w", encoding="utf-8"))
                json.dump(data, file)
                file.flush()
                results.append(data)
    return results
