import requests


def fetch_profile(base_url, user_id, timeout):
    with requests.Session() as session:
        try:
            with session.get(f"{base_url}/users/{user_id}", timeout=(timeout, timeout), stream=True) as response:
                if response.status_code != 200:
                    return {"error": f"status {response.status_code} {response.reason}"}
                profile = response.json()
        except (requests.exceptions.RequestException, ValueError, RecursionError) as error:
            return {"error": error.__class__.__name__}
    if not isinstance(profile, dict):
        return {"error": f"a JSON {type(profile).__name__} instead of an object"}
    if profile.get("id") != user_id:
        return {"error": f"profile of {profile.get('id')!r} instead of {user_id}"}
    return profile
