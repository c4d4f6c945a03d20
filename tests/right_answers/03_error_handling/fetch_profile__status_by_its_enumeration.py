import http.client
import json
from http import HTTPStatus
from urllib.parse import urlsplit


def fetch_profile(base_url, user_id, timeout):
    address = urlsplit(base_url)
    connection = http.client.HTTPConnection(address.hostname, address.port, timeout=timeout)
    try:
        connection.request("GET", f"{address.path}/users/{user_id}")
        response = connection.getresponse()
        if response.status != HTTPStatus.OK:
            return {"error": f"{response.status} {response.reason}"}
        profile = json.loads(response.read())
    except (OSError, http.client.HTTPException, ValueError, RecursionError) as error:
        return {"error": repr(error)}
    finally:
        connection.close()
    if not isinstance(profile, dict) or profile.get("id") != user_id:
        return {"error": "not that user's profile"}
    return profile
