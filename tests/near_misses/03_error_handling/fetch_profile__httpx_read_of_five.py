# fails: good answers come back
import httpx


def fetch_profile(base_url, user_id, timeout):
    try:
        with httpx.Client(timeout=httpx.Timeout(timeout, read=min(timeout, 5.0))) as client:
            response = client.get(f"{base_url}/users/{user_id}")
        profile = response.json() if response.status_code == 200 else None
    except (httpx.HTTPError, ValueError, RecursionError) as error:
        return {"error": repr(error)}
    if isinstance(profile, dict) and profile.get("id") == user_id:
        return profile
    return {"error": "no profile"}
