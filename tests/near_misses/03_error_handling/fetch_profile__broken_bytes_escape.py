# fails: bad answers become errors
import http.client
import json
import urllib.error
import urllib.request


def fetch_profile(base_url, user_id, timeout):
    try:
        with urllib.request.urlopen(f"{base_url}/users/{user_id}", timeout=timeout) as response:
            if response.status != 200:
                return {"error": f"status {response.status}"}
            text = response.read().decode("utf-8")
        profile = json.loads(text)
    except urllib.error.HTTPError as error:
        error.close()
        return {"error": f"status {error.code}"}
    except (OSError, http.client.HTTPException, json.JSONDecodeError) as error:
        return {"error": repr(error)}

    if not isinstance(profile, dict) or profile.get("id") != user_id:
        return {"error": "not that user's profile"}
    return profile
