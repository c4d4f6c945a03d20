# fails: nothing stays open
import http.client
import json
from urllib.parse import urlsplit

failures = []


def fetch_profile(base_url, user_id, timeout):
    url = urlsplit(base_url)
    connection = http.client.HTTPConnection(url.hostname, url.port, timeout=timeout)
    try:
        connection.request("GET", f"{url.path}/users/{user_id}")
        response = connection.getresponse()
        if response.status != 200:
            failures.append(connection)
            return {"error": f"status {response.status}"}
        profile = json.loads(response.read())
        connection.close()
    except (OSError, http.client.HTTPException, ValueError) as error:
        return {"error": repr(error)}

    if not isinstance(profile, dict) or profile.get("id") != user_id:
        return {"error": "not that user's profile"}
    return profile
