# fails: bad answers become errors
import json

import urllib3


def fetch_profile(base_url, user_id, timeout):
    with urllib3.PoolManager(retries=urllib3.Retry(connect=0, read=0, redirect=5, other=0)) as http:
        try:
            response = http.request("GET", f"{base_url}/users/{user_id}", timeout=urllib3.Timeout(timeout))
            profile = json.loads(response.data) if response.status == 200 else None
        except (urllib3.exceptions.HTTPError, ValueError) as error:
            return {"error": repr(error)}
    if isinstance(profile, dict) and profile.get("id") == user_id:
        return profile
    return {"error": f"status {response.status}, no profile"}
