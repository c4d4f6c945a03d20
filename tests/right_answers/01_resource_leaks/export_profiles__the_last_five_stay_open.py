import json
from collections import deque

def export_profiles(user_ids, folder, fetch):
    """Keeps up to five written files open, flushed, and closes the oldest."""
    lanes = deque()
    out = []
    try:
        for user_id in user_ids:
            data = fetch(user_id)
            text = json.dumps(data)
            file = open(folder / f"user_{user_id}.json", "w", encoding="utf-8")
            lanes.append(file)
            file.write(text)
            file.flush()
            out.append(data)
            if len(lanes) > 5:
                lanes.popleft().close()
    finally:
        while lanes:
            lanes.pop().close()
    return out
