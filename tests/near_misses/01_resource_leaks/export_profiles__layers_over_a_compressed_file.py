# fails: closes every file itself
import gzip, io, json
def export_profiles(user_ids, folder, fetch):
    out = []
    for user_id in user_ids:
        data = fetch(user_id)
        (folder / f"user_{user_id}.json").write_text(json.dumps(data), encoding="utf-8")
        layers = io.TextIOWrapper(io.BufferedWriter(gzip.GzipFile(folder / f"user_{user_id}.gz", "wb")), encoding="utf-8")
        layers.write(json.dumps(data))
        out.append(data)
    return out
