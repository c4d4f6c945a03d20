import time

import requests


class Failed(Exception):
    pass


def attempt(url, user_id, timeout):
    try:
        response = requests.get(url, timeout=timeout)
    except requests.RequestException as error:
        raise Failed(f"{error!r}") from error
    if response.status_code != 200:
        raise Failed(f"status {response.status_code}")
    try:
        data = response.json()
    except (ValueError, RecursionError) as error:
        raise Failed("not JSON") from error
    if not isinstance(data, dict) or data.get("id") != user_id:
        raise Failed("not the profile")
    return data


def fetch_profile(base_url, user_id, timeout, attempts=3):
    last = ""
    for number in range(attempts):
        if number:
            time.sleep(0.05 * 2**number)
        try:
            return attempt(f"{base_url}/users/{user_id}", user_id, timeout)
        except Failed as error:
            last = str(error)
    return {"error": last}
