# fails: interrupts get through
import requests


def fetch_profile(base_url, user_id, timeout):
    result = {"error": "request failed"}
    try:
        response = requests.get(f"{base_url}/users/{user_id}", timeout=timeout)
        profile = response.json()
        if response.status_code == 200 and isinstance(profile, dict) and profile.get("id") == user_id:
            result = profile
    except (requests.RequestException, ValueError):
        pass
    finally:
        return result
