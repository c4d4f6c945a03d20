# fails: error
import time

import requests


def fetch_profile(base_url, user_id, timeout):
    while True:
        try:
            response = requests.get(f"{base_url}/users/{user_id}", timeout=timeout)
            profile = response.json()
            if response.status_code != 200 or not isinstance(profile, dict) or profile.get("id") != user_id:
                return {"error": f"status {response.status_code}, or not the profile"}
            return profile
        except requests.exceptions.JSONDecodeError:
            return {"error": "not JSON"}
        except requests.RequestException:
            time.sleep(0.01)
