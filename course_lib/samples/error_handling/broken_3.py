"""Every failure looks like a profile."""

import requests


def fetch_profile(base_url, user_id, timeout):
    try:
        response = requests.get(f"{base_url}/users/{user_id}", timeout=timeout)
        response.raise_for_status()
        profile = response.json()
        if profile["id"] == user_id:
            return profile
    except Exception:
        pass
    return {"id": user_id, "name": "unknown", "active": False}
