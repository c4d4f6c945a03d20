# fails: silence becomes an error
import requests


def fetch_profile(base_url, user_id, timeout):
    try:
        response = requests.get(f"{base_url}/users/{user_id}", timeout=timeout, stream=True)
        if response.status_code != 200:
            return {"error": f"status {response.status_code}"}
        profile = response.json()
    except (requests.Timeout, ValueError) as error:
        return {"error": f"too slow, or no JSON: {error!r}"}
    except requests.exceptions.ChunkedEncodingError as error:
        return {"error": f"cut: {error!r}"}

    if not isinstance(profile, dict) or profile.get("id") != user_id:
        return {"error": "not that user's profile"}
    return profile
