# fails: at most 8 files are open at once
import json
from contextlib import ExitStack


def export_profiles(user_ids, folder, fetch):
    results = []
    at_once = max(1, len(user_ids) // 10)
    for start in range(0, len(user_ids), at_once):
        with ExitStack() as stack:
            for user_id in user_ids[start : start + at_once]:
                data = fetch(user_id)
                file = stack.enter_context(open(folder / f"user_{user_id}.json", "w", encoding="utf-8"))
                file.write(json.dumps(data))
                file.flush()
                results.append(data)
    return results
