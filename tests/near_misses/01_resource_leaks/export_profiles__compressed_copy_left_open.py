# fails: closes every file itself
import gzip, json

def export_profiles(user_ids, folder, fetch):
    out = []
    for user_id in user_ids:
        data = fetch(user_id)
        text = json.dumps(data)
        (folder / f"user_{user_id}.json").write_text(text, encoding="utf-8")
        copy = gzip.open(folder / f"user_{user_id}.json.gz", "wt", encoding="utf-8")
        copy.write(text)
        out.append(data)
    return out
