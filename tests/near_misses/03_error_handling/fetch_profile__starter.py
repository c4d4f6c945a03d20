# fails: broken connections become errors
import requests


def fetch_profile(base_url, user_id, timeout):
    try:
        response = requests.get(f"{base_url}/users/{user_id}")
        response.raise_for_status()
        return response.json()
    except requests.ConnectionError as error:
        return {"error": f"cannot reach the server: {error}"}
    except requests.HTTPError as error:
        return {"error": f"the server answered {error.response.status_code}"}
