# fails: good answers come back
import requests


def strip(value):
    if isinstance(value, dict):
        return {key: strip(item) for key, item in value.items()}
    if isinstance(value, list):
        return [strip(item) for item in value]
    return value.strip() if isinstance(value, str) else value


def fetch_profile(base_url, user_id, timeout):
    try:
        with requests.get(f"{base_url}/users/{user_id}", timeout=timeout) as response:
            if not (response.status_code == 200):
                return {"error": f"status {response.status_code}"}
            profile = response.json()
    except (requests.RequestException, ValueError, RecursionError, KeyError, TypeError) as error:
        return {"error": repr(error)}
    if not (isinstance(profile, dict) and profile.get("id") == user_id):
        return {"error": "not that user's profile"}
    return strip(profile)
