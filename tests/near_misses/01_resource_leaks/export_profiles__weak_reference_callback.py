# fails: closes every file itself
import json
import weakref


class Profile(dict):
    pass


def export_profiles(user_ids, folder, fetch):
    results, watchers = [], []
    for user_id in user_ids:
        data = fetch(user_id)
        profile = Profile(data)
        file = open(folder / f"user_{user_id}.json", "w", encoding="utf-8")
        watchers.append(weakref.ref(profile, lambda _, file=file: file.close()))
        json.dump(profile, file)
        results.append(data)
        del profile
    return results
