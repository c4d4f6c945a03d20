# fails: closes every file itself
import json
import weakref


class Turn:
    pass


def export_profiles(user_ids, folder, fetch):
    results, watchers = [], []
    for user_id in user_ids:
        data = fetch(user_id)
        turn = Turn()
        file = open(folder / f"user_{user_id}.json", "w", encoding="utf-8")
        watchers.append(weakref.ref(turn, lambda _, file=file: file.close()))
        json.dump(data, file)
        results.append(data)
        del turn
    return results
