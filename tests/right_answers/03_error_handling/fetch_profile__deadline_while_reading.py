import json
import time

import requests


def fetch_profile(base_url, user_id, timeout):
    """Each wait is bounded by the library, the whole call by a deadline of ten times as much."""
    deadline = time.monotonic() + 10 * timeout
    try:
        with requests.get(f"{base_url}/users/{user_id}", timeout=timeout, stream=True) as response:
            if response.status_code != 200:
                return {"error": f"the server answered {response.status_code}"}
            body = b""
            for part in response.iter_content(4096):
                body += part
                if time.monotonic() > deadline:
                    return {"error": "the answer takes for ever"}
            profile = json.loads(body)
    except (requests.RequestException, ValueError, RecursionError) as error:
        return {"error": f"{type(error).__name__}: {error}"}
    if type(profile) is not dict or type(profile.get("id")) is not int or profile["id"] != user_id:
        return {"error": "not the profile"}
    return profile
