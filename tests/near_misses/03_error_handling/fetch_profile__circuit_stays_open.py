# fails: good answers come back
import requests

failures = 0


def fetch_profile(base_url, user_id, timeout):
    global failures
    if failures >= 5:
        return {"error": "circuit open"}
    try:
        response = requests.get(f"{base_url}/users/{user_id}", timeout=timeout)
        if response.status_code != 200:
            raise ValueError(f"status {response.status_code}")
        profile = response.json()
        if not isinstance(profile, dict) or profile.get("id") != user_id:
            raise ValueError("wrong profile")
        return profile
    except (requests.RequestException, ValueError) as error:
        failures += 1
        return {"error": str(error)}
