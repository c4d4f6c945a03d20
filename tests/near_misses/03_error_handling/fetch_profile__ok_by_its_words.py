# fails: bad answers become errors
import requests


def fetch_profile(base_url, user_id, timeout):
    try:
        with requests.get(f"{base_url}/users/{user_id}", timeout=timeout, allow_redirects=False) as response:
            if response.reason != "OK":
                return {"error": response.reason or "failed"}
            profile = response.json()
    except (requests.RequestException, ValueError, RecursionError) as error:
        return {"error": repr(error)}
    if not isinstance(profile, dict) or profile.get("id") != user_id:
        return {"error": "not that user's profile"}
    return profile
