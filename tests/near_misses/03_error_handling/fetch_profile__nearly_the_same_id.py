# fails: bad answers become errors
import json
import math
import urllib.request


def fetch_profile(base_url, user_id, timeout):
    try:
        with urllib.request.urlopen(f"{base_url}/users/{user_id}", timeout=timeout) as response:
            status, profile = response.status, json.loads(response.read())
    except urllib.error.HTTPError as error:
        error.close()
        return {"error": f"status {error.code}"}
    except Exception as error:
        return {"error": repr(error)}
    if status != 200 or not isinstance(profile, dict):
        return {"error": "no profile"}
    found = profile.get("id")
    if isinstance(found, (int, float)) and math.isclose(found, user_id):
        return profile
    return {"error": "the profile of somebody else"}
