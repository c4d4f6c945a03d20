# fails: writes every profile and returns them in order
import json


def write_from(turn, pairs, folder):
    if turn == len(pairs):
        return
    user_id, data = pairs[turn]
    (folder / f"user_{user_id}.json").write_text(json.dumps(data), encoding="utf-8")
    write_from(turn + 1, pairs, folder)


def export_profiles(user_ids, folder, fetch):
    pairs = []
    try:
        for user_id in user_ids:
            pairs.append((user_id, fetch(user_id)))
    finally:
        write_from(0, pairs, folder)
    return [data for _, data in pairs]
