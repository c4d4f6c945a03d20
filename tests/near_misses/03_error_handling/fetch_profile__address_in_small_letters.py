# fails: bad answers become errors
import requests

PROBLEMS = (requests.RequestException, ValueError, RecursionError, LookupError, TypeError, OSError)


def fetch_profile(base_url, user_id, timeout):
    url = "/".join([base_url.lower(), "users", str(user_id)])
    try:
        answer = requests.get(url, timeout=timeout, allow_redirects=False)
        if (answer.status_code, answer.json()["id"]) != (200, user_id):
            raise LookupError(url)
        return dict(answer.json())
    except PROBLEMS as problem:
        return {"error": "%s: %s" % (url, problem)}
