# fails: bad answers become errors
import requests


def fetch_profile(base_url, user_id, timeout):
    """Fetch a user's profile; a failure comes back as {"error": …}."""
    try:
        response = requests.get(f"{base_url}/users/{user_id}", timeout=timeout)
        response.raise_for_status()
        return response.json()
    except requests.Timeout:
        return {"error": "the server took too long"}
    except requests.ConnectionError:
        return {"error": "the server can't be reached"}
    except requests.HTTPError as error:
        return {"error": f"the server answered {error.response.status_code}"}
