# fails: broken connections become errors
from urllib.parse import urljoin

import requests


def fetch_profile(base_url, user_id, timeout):
    url, seen = f"{base_url}/users/{user_id}", set()
    try:
        while url not in seen:
            seen.add(url)
            response = requests.get(url, timeout=timeout, allow_redirects=False)
            if "Location" not in response.headers:
                break
            url = urljoin(url, response.headers["Location"])
        if response.status_code != 200:
            return {"error": f"status {response.status_code}"}
        profile = response.json()
    except (requests.RequestException, ValueError) as error:
        return {"error": str(error)}

    if not isinstance(profile, dict) or profile.get("id") != user_id:
        return {"error": "not that user's profile"}
    return profile
