# fails: good answers come back
from urllib.parse import quote

import requests


def fetch_profile(base_url, user_id, timeout):
    try:
        with requests.get(f"{quote(base_url, safe=':/')}/users/{user_id}", timeout=timeout) as answer:
            if answer.status_code != 200:
                return {"error": f"status {answer.status_code}"}
            found = answer.json()
    except (requests.RequestException, ValueError, RecursionError) as error:
        return {"error": f"{type(error).__name__} {error}"}
    if not isinstance(found, dict) or found.get("id") != user_id:
        return {"error": "not the profile that was asked for"}
    return found
