import json
import urllib.request
from collections import Counter

FAILURES = Counter()


def fetch_profile(base_url, user_id, timeout):
    try:
        with urllib.request.urlopen(f"{base_url}/users/{user_id}", timeout=timeout) as response:
            body = response.read()
            profile = json.loads(body) if response.status == 200 else None
        if not isinstance(profile, dict) or profile.get("id") != user_id:
            raise ValueError("not this profile")
    except Exception as error:
        FAILURES[base_url] += 1
        return {"error": f"{error!r}, failure {FAILURES[base_url]} of this server"}
    FAILURES.pop(base_url, None)
    return profile
