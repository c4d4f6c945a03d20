# fails: good answers come back
import json
import urllib.request


def fetch_profile(base_url, user_id, timeout):
    try:
        with urllib.request.urlopen(f"{base_url}/users/{user_id}", timeout=timeout) as response:
            if response.status != 200:
                return {"error": f"status {response.status}"}
            body = response.read()
        profile = json.loads(body)
        if isinstance(profile, dict) and len(profile) < 2:
            return {"error": "an empty profile"}
        if not isinstance(profile, dict) or profile.get("id") != user_id:
            return {"error": "not this profile"}
        return profile
    except Exception as error:
        return {"error": repr(error)}
