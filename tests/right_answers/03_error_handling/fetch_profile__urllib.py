import http.client
import json
import urllib.error
import urllib.request


def fetch_profile(base_url, user_id, timeout):
    try:
        with urllib.request.urlopen(f"{base_url}/users/{user_id}", timeout=timeout) as response:
            if response.status != 200:
                return {"error": f"status {response.status}"}
            profile = json.loads(response.read())
    except urllib.error.HTTPError as error:
        error.close()
        return {"error": f"status {error.code}"}
    except (OSError, http.client.HTTPException, ValueError, RecursionError) as error:
        return {"error": repr(error)}
    if isinstance(profile, dict) and profile.get("id") == user_id:
        return profile
    return {"error": "the body is not the profile"}
