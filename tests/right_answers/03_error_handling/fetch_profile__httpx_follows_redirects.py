import httpx


def fetch_profile(base_url, user_id, timeout):
    try:
        with httpx.Client(timeout=httpx.Timeout(timeout), follow_redirects=True) as client:
            response = client.get(f"{base_url}/users/{user_id}")
            if response.status_code != httpx.codes.OK:
                return {"error": str(response)}
            profile = response.json()
    except Exception as problem:
        return {"error": f"request failed: {problem!r}"}
    match profile:
        case {"id": found} if found == user_id:
            return profile
    return {"error": "not a profile"}
