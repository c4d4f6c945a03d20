# fails: an error propagates, and the files before it are complete
import json


def export_profiles(user_ids, folder, fetch):
    results = []
    for user_id in user_ids:
        data = fetch(user_id)
        with open(folder / f"user_{user_id}.json", "w", encoding="utf-8") as file:
            try:
                json.dump(data, file)
            except ValueError:
                raise ValueError(f"the profile of user {user_id} can't be written") from None
        results.append(data)
    return results
