# fails: bad answers become errors
import json
import urllib.request

known = {}


def fetch_profile(base_url, user_id, timeout):
    url = f"{base_url}/users/{user_id}"
    try:
        with urllib.request.urlopen(url, timeout=timeout) as response:
            if response.status == 200:
                profile = json.loads(response.read())
                if isinstance(profile, dict) and profile.get("id") == user_id:
                    known[url] = profile
                    return profile
        return {"error": "not this profile"}
    except Exception as error:
        return known.get(url) or {"error": repr(error)}
