import http.client
import json
import time
from urllib.parse import urlsplit


def fetch_profile(base_url, user_id, timeout):
    """Headers and body share one limit, twice the timeout; no single wait is longer than the timeout."""
    url = urlsplit(base_url)
    deadline = time.monotonic() + 2 * timeout
    connection = http.client.HTTPConnection(url.hostname, url.port, timeout=timeout)
    try:
        connection.request("GET", f"{url.path}/users/{user_id}", headers={"Connection": "close"})
        with connection.getresponse() as response:
            if response.status != 200:
                raise ValueError(f"status {response.status}")
            body = bytearray()
            while part := response.read1(65536):
                body += part
                if time.monotonic() > deadline:
                    raise TimeoutError("the answer takes too long")
            if response.length:
                raise http.client.IncompleteRead(bytes(body), response.length)
        profile = json.loads(bytes(body))
        if type(profile) is not dict or profile.get("id") != user_id:
            raise ValueError("not the profile")
    except (OSError, http.client.HTTPException, ValueError, RecursionError) as error:
        return {"error": f"{type(error).__name__}: {error}"}
    finally:
        connection.close()
    return profile
