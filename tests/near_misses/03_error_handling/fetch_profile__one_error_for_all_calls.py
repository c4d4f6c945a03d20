# fails: bad answers become errors
import json
import urllib.request
FAILED = {"error": "no profile"}


def fetch_profile(base_url, user_id, timeout):
    try:
        with urllib.request.urlopen(f"{base_url}/users/{user_id}", timeout=timeout) as response:
            if response.status != 200:
                return {"error": f"status {response.status}"}
            body = response.read()
        profile = json.loads(body)
        if not isinstance(profile, dict) or profile.get("id") != user_id:
            return {"error": "not this profile"}
        return profile
    except Exception as error:
        return FAILED
