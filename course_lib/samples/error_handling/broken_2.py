"""Every failure is None, and nobody hears which."""

import requests


def fetch_profile(base_url, user_id, timeout):
    try:
        response = requests.get(f"{base_url}/users/{user_id}", timeout=timeout)
        response.raise_for_status()
        profile = response.json()
        return profile if profile["id"] == user_id else None
    except Exception:
        return None
