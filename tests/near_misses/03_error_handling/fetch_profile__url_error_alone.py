# fails: broken connections become errors
import json
import urllib.error
import urllib.request


def fetch_profile(base_url, user_id, timeout):
    try:
        with urllib.request.urlopen(f"{base_url}/users/{user_id}", timeout=timeout) as response:
            if response.status != 200:
                return {"error": f"status {response.status}"}
            profile = json.load(response)
    except urllib.error.URLError as error:
        return {"error": str(error)}
    except (TimeoutError, ValueError) as error:
        return {"error": repr(error)}

    if not isinstance(profile, dict) or profile.get("id") != user_id:
        return {"error": "not that user's profile"}
    return profile
