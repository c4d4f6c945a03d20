# fails: bad answers become errors
import httpx


def fetch_profile(base_url, user_id, timeout):
    try:
        response = httpx.get(f"{base_url}/users/{user_id}", timeout=timeout)
        profile = response.json()
        if response.status_code == 200 and (profile.get("id") or 0) == user_id:
            return profile
        return {"error": f"no such profile, status {response.status_code}"}
    except Exception as error:
        return {"error": repr(error)}
