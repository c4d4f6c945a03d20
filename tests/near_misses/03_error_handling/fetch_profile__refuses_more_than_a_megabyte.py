# fails: good answers come back
import http.client
import json
from urllib.parse import urlsplit


def fetch_profile(base_url, user_id, timeout):
    parts = urlsplit(base_url)
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=timeout)
    try:
        connection.request("GET", f"{parts.path}/users/{user_id}")
        with connection.getresponse() as response:
            if response.status != 200:
                return {"error": f"status {response.status}"}
            if response.length is not None and response.length > 2**20:
                return {"error": "too large"}
            profile = json.loads(response.read())
        if isinstance(profile, dict) and profile.get("id") == user_id:
            return profile
        return {"error": "not the profile that was asked for"}
    except Exception as problem:
        return {"error": repr(problem)}
    finally:
        connection.close()
