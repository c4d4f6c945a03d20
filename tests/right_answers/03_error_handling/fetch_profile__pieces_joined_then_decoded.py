import json
import requests


def fetch_profile(base_url, user_id, timeout):
    try:
        with requests.Session() as session:
            with session.get(f"{base_url}/users/{user_id}", timeout=timeout, stream=True) as response:
                if response.status_code != 200:
                    return {"error": f"status {response.status_code}"}
                body = b"".join(response.iter_content(4096))
        profile = json.loads(body)
    except Exception as error:
        return {"error": f"{type(error).__name__}: {error}"}
    if isinstance(profile, dict) and profile.get("id") == user_id:
        return profile
    return {"error": "not the profile that was asked for"}
