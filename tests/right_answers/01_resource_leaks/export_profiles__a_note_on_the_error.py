import json


def export_profiles(user_ids, folder, fetch):
    """Says which user it was on the error itself."""
    results = []
    for user_id in user_ids:
        try:
            data = fetch(user_id)
            with open(folder / f"user_{user_id}.json", "w", encoding="utf-8") as file:
                json.dump(data, file, check_circular=False)
        except BaseException as error:
            error.add_note(f"while user {user_id} was exported")
            raise error.with_traceback(None) from None
        results.append(data)
    return results
