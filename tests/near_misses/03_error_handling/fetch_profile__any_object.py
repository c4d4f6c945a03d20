# fails: bad answers become errors
import requests


def fetch_profile(base_url, user_id, timeout):
    try:
        response = requests.get(f"{base_url}/users/{user_id}", timeout=timeout)
        profile = response.json()
    except (requests.RequestException, ValueError) as error:
        return {"error": str(error)}
    if response.status_code != 200 or not isinstance(profile, dict) or "id" not in profile:
        return {"error": "unexpected answer"}
    return profile
