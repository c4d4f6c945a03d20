"""No timeout: a server that says nothing is waited for as long as it likes."""

import requests


def fetch_profile(base_url, user_id, timeout):
    try:
        response = requests.get(f"{base_url}/users/{user_id}")
        if response.status_code != 200:
            return {"error": f"status {response.status_code}"}
        profile = response.json()
    except (requests.RequestException, ValueError) as error:
        return {"error": str(error)}

    if not isinstance(profile, dict) or profile.get("id") != user_id:
        return {"error": "not that user's profile"}
    return profile
