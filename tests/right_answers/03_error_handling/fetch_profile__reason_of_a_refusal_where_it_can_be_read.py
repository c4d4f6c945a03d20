import requests


def fetch_profile(base_url, user_id, timeout):
    try:
        with requests.get(f"{base_url}/users/{user_id}", timeout=timeout) as answer:
            answer.content
    except requests.RequestException as error:
        return {"error": f"{type(error).__name__} {error}"}
    if answer.status_code != 200:
        return {"error": why(answer)}
    try:
        found = answer.json()
    except (ValueError, RecursionError):
        return {"error": "the body can't be read"}
    if not isinstance(found, dict) or found.get("id") != user_id:
        return {"error": "not the profile that was asked for"}
    return found


def why(answer):
    """What the service says of it, where that is a text; when to come back, as it stands there."""
    try:
        told = answer.json()
    except (ValueError, RecursionError):
        told = None
    detail = told.get("detail") if isinstance(told, dict) else None
    later = answer.headers.get("Retry-After", "")
    return f"status {answer.status_code} {detail or ''} {later}".strip()
