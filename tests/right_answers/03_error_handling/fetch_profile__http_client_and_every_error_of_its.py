import contextlib, http.client, json, urllib.parse
def fetch_profile(base_url, user_id, timeout):
    parts = urllib.parse.urlsplit(base_url)
    try:
        with contextlib.closing(http.client.HTTPConnection(parts.hostname, parts.port, timeout=timeout)) as connection:
            connection.request("GET", f"{parts.path}/users/{user_id}", headers={"Accept": "application/json"})
            with connection.getresponse() as response:
                if response.status != 200:
                    return {"error": f"{response.status} {response.reason}"}
                data = json.load(response)
    except (OSError, http.client.HTTPException, ValueError, RecursionError) as error:
        return {"error": "failed: " + type(error).__name__}
    if not isinstance(data, dict) or data.get("id", ...) != user_id:
        return {"error": "another answer than was asked for"}
    return data
