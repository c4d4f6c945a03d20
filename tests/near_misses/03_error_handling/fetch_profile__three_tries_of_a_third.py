# fails: good answers come back
import http.client
import json
from urllib.parse import urlsplit


def fetch_profile(base_url, user_id, timeout):
    """Three times a third is the timeout, but no answer may take that long."""
    for _ in range(3):
        try:
            return ask(urlsplit(base_url), user_id, timeout / 3)
        except TimeoutError:
            continue
        except (OSError, http.client.HTTPException, ValueError, RecursionError) as error:
            return {"error": repr(error)}
    return {"error": "three times too slow"}


def ask(url, user_id, timeout):
    connection = http.client.HTTPConnection(url.hostname, url.port, timeout=timeout)
    try:
        connection.request("GET", f"{url.path}/users/{user_id}")
        response = connection.getresponse()
        profile = json.loads(response.read()) if response.status == 200 else None
    finally:
        connection.close()
    if not isinstance(profile, dict) or profile.get("id") != user_id:
        raise ValueError("not that user's profile")
    return profile
