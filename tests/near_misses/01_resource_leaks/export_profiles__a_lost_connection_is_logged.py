# fails: an error propagates, and the files before it are complete
import json
import logging


def export_profiles(user_ids, folder, fetch):
    exported = []
    for user_id in user_ids:
        try:
            data = fetch(user_id)
            (folder / f"user_{user_id}.json").write_text(json.dumps(data), encoding="utf-8")
        except OSError as error:
            logging.warning("could not write %s: %s", user_id, error)
            continue
        exported.append(data)
    return exported
