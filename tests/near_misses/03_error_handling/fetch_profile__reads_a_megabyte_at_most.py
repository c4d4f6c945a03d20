# fails: good answers come back
import json
import urllib.request
from urllib.error import HTTPError


def fetch_profile(base_url, user_id, timeout):
    try:
        with urllib.request.urlopen(f"{base_url}/users/{user_id}", timeout=timeout) as answer:
            content = answer.read(1_000_000) if (answer.length or 0) > 1_000_000 else answer.read()
            status = answer.status
        profile = json.loads(content)
    except HTTPError as problem:
        problem.close()
        return {"error": f"status {problem.code}"}
    except Exception as problem:
        return {"error": repr(problem)}
    if status == 200 and isinstance(profile, dict) and profile.get("id") == user_id:
        return profile
    return {"error": "not the profile that was asked for"}
