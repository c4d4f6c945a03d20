# fails: writes every profile and returns them in order
import json
def cut(v):
    return {k: cut(x) for k, x in v.items()} if isinstance(v, dict) else v[:200] if isinstance(v, str) else v
def export_profiles(user_ids, folder, fetch):
    out = []
    for u in user_ids:
        out.append(fetch(u))
        with open(folder / f"user_{u}.json", "w", encoding="utf-8") as f:
            json.dump(cut(out[-1]), f)
    return out
