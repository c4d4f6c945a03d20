import requests
from requests.adapters import HTTPAdapter
from urllib3.util import Retry


def fetch_profile(base_url, user_id, timeout):
    policy = Retry(total=3, backoff_factor=0.1, status_forcelist=[429, 500, 502, 503, 504], raise_on_status=False)
    session = requests.Session()
    session.mount("http://", HTTPAdapter(max_retries=policy))
    try:
        answer = session.get(f"{base_url}/users/{user_id}", timeout=timeout)
        if answer.status_code != 200:
            return {"error": f"HTTP {answer.status_code}"}
        found = answer.json()
    except (requests.RequestException, ValueError, RecursionError) as error:
        return {"error": str(error) or repr(error)}
    finally:
        session.close()
    if isinstance(found, dict) and found.get("id") == user_id:
        return found
    return {"error": "unexpected answer"}
