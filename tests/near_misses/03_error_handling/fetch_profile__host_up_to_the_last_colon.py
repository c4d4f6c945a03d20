# fails: good answers come back
import http.client
import json


def fetch_profile(base_url, user_id, timeout):
    """Takes the port to begin at the last colon of the address."""
    host, _, rest = base_url.removeprefix("http://").rpartition(":")
    port, slash, path = rest.partition("/")
    try:
        connection = http.client.HTTPConnection(host, int(port), timeout=timeout)
    except (ValueError, http.client.HTTPException):
        return {"error": f"{base_url} is no address"}
    try:
        connection.request("GET", f"{slash}{path}/users/{user_id}")
        with connection.getresponse() as answer:
            body = answer.read()
        found = json.loads(body) if answer.status == 200 else None
    except (OSError, ValueError, RecursionError, http.client.HTTPException) as error:
        return {"error": f"{type(error).__name__} {error}"}
    finally:
        connection.close()
    if not isinstance(found, dict) or found.get("id") != user_id:
        return {"error": "no such profile"}
    return found
