# fails: good answers come back
import json
import urllib.request

failures = {}


def fetch_profile(base_url, user_id, timeout):
    host = base_url.split("/")[2]
    if failures.get(host, 0) >= 5:
        failures[host] = 0
        return {"error": "the server is having trouble, not asked"}
    try:
        with urllib.request.urlopen(f"{base_url}/users/{user_id}", timeout=timeout) as response:
            body = response.read()
            profile = json.loads(body) if response.status == 200 else None
        if not isinstance(profile, dict) or profile.get("id") != user_id:
            raise ValueError("not this profile")
        failures[host] = 0
        return profile
    except Exception as error:
        failures[host] = failures.get(host, 0) + 1
        return {"error": repr(error)}
