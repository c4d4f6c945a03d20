# fails: bad answers become errors
import requests
def fetch_profile(base_url, user_id, timeout):
    try:
        response = requests.get(f"{base_url}/users/{user_id}", timeout=timeout)
        if response.status_code != 200:
            return {"error": f"status {response.status_code}"}
        data = response.json()
        if not isinstance(data, dict) or isinstance(data.get("id"), str) or int(data["id"]) != user_id:
            return {"error": "another user"}
        return data
    except Exception as error:
        return {"error": repr(error)}
