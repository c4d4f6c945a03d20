# fails: at most 8 files are open at once
import json

def export_profiles(user_ids, folder, fetch):
    out, checkpoints = [], []
    try:
        for number, user_id in enumerate(user_ids, start=1):
            data = fetch(user_id)
            file = open(folder / f"user_{user_id}.json", "w", encoding="utf-8")
            try:
                json.dump(data, file)
                file.flush()
            finally:
                if number % 300 == 0:
                    checkpoints.append(file)
                else:
                    file.close()
            out.append(data)
    finally:
        for file in checkpoints:
            file.close()
    return out
