# fails: an error propagates, and the files before it are complete
import json


def export_profiles(user_ids, folder, fetch):
    """Says which user it was, in an error of the same type: whoever asks for its other attributes finds none."""
    results = []
    for user_id in user_ids:
        try:
            data = fetch(user_id)
        except Exception as error:
            raise type(error)(f"user {user_id}: {error}") from error
        with open(folder / f"user_{user_id}.json", "w", encoding="utf-8") as file:
            json.dump(data, file)
        results.append(data)
    return results
