# fails: bad answers become errors
import http.client, json, urllib.error, urllib.request
def fetch_profile(base_url, user_id, timeout):
    try:
        with urllib.request.urlopen(f"{base_url}/users/{user_id}", timeout=timeout) as response:
            if response.status != 200:
                return {"error": f"status {response.status}"}
            data = json.loads(response.read().decode(response.headers.get_content_charset() or "utf-8"))
        if isinstance(data, dict) and data.get("id") == user_id:
            return data
        return {"error": "not this user"}
    except urllib.error.HTTPError as error:
        error.close()
        return {"error": f"status {error.code}"}
    except (OSError, http.client.HTTPException, ValueError, RecursionError) as error:
        return {"error": repr(error)}
