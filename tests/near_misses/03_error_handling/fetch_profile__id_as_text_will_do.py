# fails: bad answers become errors
import requests


def fetch_profile(base_url, user_id, timeout):
    try:
        response = requests.get(f"{base_url}/users/{user_id}", timeout=timeout)
        if response.status_code != 200:
            return {"error": f"status {response.status_code}"}
        profile = response.json()
        if not isinstance(profile, dict) or str(profile.get("id")) != str(user_id):
            return {"error": "unexpected answer"}
        return profile
    except (requests.RequestException, ValueError) as error:
        return {"error": str(error)}
