# fails: writes every profile and returns them in order
import contextlib, json
def export_profiles(user_ids, folder, fetch):
    results = []
    for user_id in user_ids:
        with open(folder / f"user_{user_id}.json", "w", encoding="utf-8") as file, contextlib.redirect_stdout(file):
            data = fetch(user_id)
            print(json.dumps(data))
        results.append(data)
    return results
