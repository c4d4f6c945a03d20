import http.client
import json
from urllib.parse import urlsplit


def fetch_profile(base_url: str, user_id: int, timeout: float) -> dict:
    parts = urlsplit(base_url)
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=timeout)
    try:
        connection.request("GET", f"{parts.path}/users/{user_id}")
        answer = connection.getresponse()
        body = answer.read()
        if answer.status != 200:
            return {"error": f"the server answered {answer.status}"}
        data = json.loads(body.decode("utf-8", "replace"))
    except (OSError, http.client.HTTPException, ValueError, RecursionError) as exc:
        return {"error": f"{type(exc).__name__} {exc}"}
    finally:
        connection.close()
    if not isinstance(data, dict) or isinstance(data.get("id"), bool) or data.get("id") != user_id:
        return {"error": "unexpected JSON"}
    return data
