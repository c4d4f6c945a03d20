# fails: good answers come back
import http.client
import json
from urllib.parse import urlsplit


def fetch_profile(base_url, user_id, timeout):
    address = urlsplit(base_url)
    connection = http.client.HTTPConnection(address.hostname, address.port, timeout=timeout)
    try:
        connection.request("GET", f"{address.path}/users/{user_id}")
        with connection.getresponse() as response:
            if response.status != 200:
                return {"error": f"status {response.status}"}
            profile = json.loads(response.read().decode("ascii"))
    except (OSError, http.client.HTTPException, ValueError, RecursionError) as error:
        return {"error": repr(error)}
    finally:
        connection.close()
    if isinstance(profile, dict) and profile.get("id") == user_id:
        return profile
    return {"error": "no such profile"}
