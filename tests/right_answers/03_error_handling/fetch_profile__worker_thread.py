from concurrent.futures import ThreadPoolExecutor

import requests


def ask(url, timeout):
    with requests.get(url, timeout=timeout) as response:
        return response.status_code, response.content, response


def fetch_profile(base_url, user_id, timeout):
    try:
        with ThreadPoolExecutor(max_workers=1) as pool:
            status, _, response = pool.submit(ask, f"{base_url}/users/{user_id}", timeout).result()
        profile = response.json() if status == 200 else None
    except (requests.RequestException, ValueError, RecursionError) as error:
        return {"error": f"{error}" or "failed"}
    if isinstance(profile, dict) and profile.get("id") == user_id:
        return profile
    return {"error": f"status {status}, or not the profile"}
