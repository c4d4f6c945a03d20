# fails: bad answers become errors
import json

import httpx


def fetch_profile(base_url, user_id, timeout):
    try:
        response = httpx.get(f"{base_url}/users/{user_id}", timeout=timeout)
        status, body = response.status_code, response.content
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        return {"error": repr(error)}
    if status != 200:
        return {"error": f"HTTP {status}"}
    try:
        data = json.loads(body)
    except ValueError:
        return {"error": "body is not JSON"}
    if type(data) is dict and type(data.get("id")) is int and data["id"] == user_id:
        return data
    return {"error": "unexpected body"}
