# fails: bad answers become errors
import requests

known = {}


def fetch_profile(base_url, user_id, timeout):
    try:
        response = requests.get(f"{base_url}/users/{user_id}", timeout=timeout)
        if response.status_code != 200:
            raise ValueError(f"status {response.status_code}")
        profile = response.json()
        if not isinstance(profile, dict) or profile.get("id") != user_id:
            raise ValueError("wrong profile")
    except (requests.RequestException, ValueError) as error:
        return known.get("last", {"error": str(error)})
    known["last"] = profile
    return profile
