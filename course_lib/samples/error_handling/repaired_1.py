"""A timeout, the status, the shape, and each failure told."""

import requests


def fetch_profile(base_url, user_id, timeout):
    try:
        response = requests.get(f"{base_url}/users/{user_id}", timeout=timeout)
        if response.status_code != 200:
            return {"error": f"status {response.status_code}"}
        profile = response.json()
    except (requests.RequestException, ValueError, RecursionError) as error:
        return {"error": f"{type(error).__name__}: {error}"}
    if not isinstance(profile, dict) or profile.get("id") != user_id:
        return {"error": "the answer is not that user's profile"}
    return profile
