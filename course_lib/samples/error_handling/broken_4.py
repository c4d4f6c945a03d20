"""`raise_for_status` lets an answer through that is neither an error nor a profile."""

import requests


def fetch_profile(base_url, user_id, timeout):
    try:
        response = requests.get(f"{base_url}/users/{user_id}", timeout=timeout)
        response.raise_for_status()
        profile = response.json()
    except (requests.RequestException, ValueError) as error:
        return {"error": str(error)}

    if not isinstance(profile, dict) or profile.get("id") != user_id:
        return {"error": "not that user's profile"}
    return profile
