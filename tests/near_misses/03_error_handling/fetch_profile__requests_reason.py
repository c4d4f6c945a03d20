# fails: bad answers become errors
import requests


def fetch_profile(base_url, user_id, timeout):
    try:
        response = requests.get(f"{base_url}/users/{user_id}", timeout=timeout)
        if response.status_code != 200:
            return {"error": response.reason}
        profile = response.json()
    except Exception as error:
        return {"error": f"{type(error).__name__}: {error}"}
    if isinstance(profile, dict) and profile.get("id") == user_id:
        return profile
    return {"error": "not that user's profile"}
