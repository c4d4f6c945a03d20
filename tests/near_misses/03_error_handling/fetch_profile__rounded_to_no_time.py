# fails: good answers come back
import http.client
import json
from urllib.parse import urlsplit


def fetch_profile(base_url, user_id, timeout):
    url = urlsplit(base_url)
    connection = http.client.HTTPConnection(url.hostname, url.port, timeout=round(timeout))
    try:
        connection.request("GET", f"{url.path}/users/{user_id}")
        response = connection.getresponse()
        body = response.read()
        if response.status != 200:
            return {"error": f"status {response.status}"}
        profile = json.loads(body)
    except (OSError, http.client.HTTPException, ValueError, RecursionError) as error:
        return {"error": repr(error)}
    finally:
        connection.close()
    if not isinstance(profile, dict) or profile.get("id") != user_id:
        return {"error": "not that user's profile"}
    return profile
