# fails: good answers come back
import json

import requests


def whole(text):
    number = float(text)
    return int(number) if number.is_integer() else number


def fetch_profile(base_url, user_id, timeout):
    try:
        with requests.get(f"{base_url}/users/{user_id}", timeout=timeout) as response:
            if response.status_code != 200:
                return {"error": f"status {response.status_code}"}
            profile = json.loads(response.content, parse_float=whole)
    except (requests.RequestException, ValueError, ArithmeticError, RecursionError) as error:
        return {"error": repr(error)}
    if not isinstance(profile, dict) or type(profile.get("id")) is not int or profile["id"] != user_id:
        return {"error": "not that user's profile"}
    return profile
