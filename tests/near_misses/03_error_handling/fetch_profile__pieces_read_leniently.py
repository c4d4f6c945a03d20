# fails: good answers come back
import json
import requests


def fetch_profile(base_url, user_id, timeout):
    try:
        with requests.get(f"{base_url}/users/{user_id}", timeout=timeout, stream=True) as response:
            if response.status_code != 200:
                return {"error": f"status {response.status_code}"}
            text = "".join(piece.decode("utf-8", "replace") for piece in response.iter_content(512))
        profile = json.loads(text)
    except Exception as error:
        return {"error": repr(error)}
    if not isinstance(profile, dict) or profile.get("id") != user_id:
        return {"error": "not the profile"}
    return profile
