# fails: good answers come back
import requests


def fetch_profile(base_url, user_id, timeout):
    try:
        with requests.get(f"{base_url}/users/{user_id}", timeout=min(timeout, 1)) as response:
            if not (response.status_code == 200):
                return {"error": f"status {response.status_code}"}
            profile = response.json()
    except (requests.RequestException, ValueError, RecursionError, KeyError, TypeError) as error:
        return {"error": repr(error)}
    if not (isinstance(profile, dict) and profile.get("id") == user_id):
        return {"error": "not that user's profile"}
    return profile
