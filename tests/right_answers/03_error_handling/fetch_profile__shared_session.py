import requests

session = requests.Session()
session.headers["Connection"] = "close"


def fetch_profile(base_url, user_id, timeout):
    """One session for all calls, which keeps no connection: every answer is read whole and then closed."""
    try:
        response = session.get(f"{base_url}/users/{user_id}", timeout=timeout)
        profile = response.json()
        if response.status_code != 200 or not isinstance(profile, dict) or profile.get("id") != user_id:
            return {"error": f"unexpected answer with status {response.status_code}"}
        return profile
    except (requests.RequestException, ValueError, RecursionError) as error:
        return {"error": f"{error!r}"}
    finally:
        session.close()
