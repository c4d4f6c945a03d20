import httpx


def fetch_profile(base_url, user_id, timeout):
    try:
        response = httpx.get(f"{base_url}/users/{user_id}", timeout=timeout, follow_redirects=True)
    except (httpx.HTTPError, httpx.InvalidURL, ValueError, RecursionError) as error:
        return {"error": repr(error)}
    if response.status_code != 200:
        return {"error": f"status {response.status_code}"}
    try:
        profile = response.json()
    except (ValueError, RecursionError) as error:
        return {"error": repr(error)}
    if not isinstance(profile, dict) or profile.get("id") != user_id:
        return {"error": "not the profile"}
    return profile
