# fails: bad answers become errors
import http.client
import json
from urllib.parse import urlsplit


def fetch_profile(base_url, user_id, timeout):
    parts = urlsplit(base_url)
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=timeout)
    try:
        connection.request("GET", f"{parts.path}/users/{user_id}")
        response = connection.getresponse()
        try:
            if response.status != 200:
                return {"error": response.reason}
            body = response.read()
        finally:
            response.close()
        data = json.loads(body)
        if not isinstance(data, dict) or data.get("id") != user_id:
            return {"error": "not that profile"}
        return data
    except Exception as problem:
        return {"error": f"failed: {problem!r}"}
    finally:
        connection.close()
