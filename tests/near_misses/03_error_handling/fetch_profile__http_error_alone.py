# fails: broken connections become errors
import httpx


def fetch_profile(base_url, user_id, timeout):
    try:
        response = httpx.get(f"{base_url}/users/{user_id}", timeout=timeout)
        if response.status_code != 200:
            return {"error": f"status {response.status_code}"}
        profile = response.json()
    except (httpx.ConnectError, httpx.TimeoutException, ValueError) as error:
        return {"error": repr(error)}

    if not isinstance(profile, dict) or profile.get("id") != user_id:
        return {"error": "not that user's profile"}
    return profile
