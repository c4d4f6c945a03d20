import http.client
import json
import urllib.error
import urllib.request
from contextlib import closing


def fetch_profile(base_url, user_id, timeout):
    try:
        with closing(urllib.request.urlopen(f"{base_url}/users/{user_id}", timeout=timeout)) as response:
            profile = json.loads(response.read().decode("utf-8", errors="replace")) if response.status == 200 else None
    except urllib.error.HTTPError as error:
        error.close()
        return {"error": f"status {error.code}"}
    except (OSError, http.client.HTTPException, ValueError, RecursionError) as error:
        return {"error": repr(error)}
    match profile:
        case {"id": found} if found == user_id:
            return profile
    return {"error": "no profile of that user"}
