# fails: bad answers become errors
import requests


def fetch_profile(base_url, user_id, timeout):
    try:
        with requests.get(f"{base_url}/users/{user_id}", timeout=timeout) as response:
            if response.status_code != 200:
                return {"error": f"status {response.status_code}"}
            profile = response.json()
        if not isinstance(profile, dict):
            return {"error": "no object"}
        if profile.get("id", profile.get("user_id")) != user_id:
            return {"error": "not the profile"}
        return profile
    except Exception as error:
        return {"error": repr(error)}
