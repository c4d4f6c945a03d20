# fails: silence becomes an error
import requests


def fetch_profile(base_url, user_id, timeout):
    try:
        with requests.get(f"{base_url}/users/{user_id}", timeout=1.2 * timeout) as response:
            if response.status_code != 200:
                return {"error": f"status {response.status_code}"}
            profile = response.json()
    except (requests.RequestException, ValueError, RecursionError) as error:
        return {"error": repr(error)}
    if isinstance(profile, dict) and profile.get("id") == user_id:
        return profile
    return {"error": "not that user's profile"}
