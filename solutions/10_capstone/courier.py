"""What the courier asks for a parcel. What is not a good answer raises; nothing is made up in its place."""

import threading
from collections import OrderedDict

import requests


class CourierFailed(Exception):
    """What came from the courier is no good answer; the message says what came."""


class Courier:
    def __init__(self, base_url, timeout, quotes_kept):
        self._url, self._timeout = f"{base_url}/options", timeout
        self._quotes_kept = quotes_kept
        self._quotes = OrderedDict()
        self._lock = threading.Lock()

    def options(self, country, grams):
        """The courier's options for a parcel, from the cache where it was asked before; raises CourierFailed."""
        key = (country, grams)
        with self._lock:
            if key in self._quotes:
                self._quotes.move_to_end(key)
                return self._quotes[key]
        options = self._ask(country, grams)
        with self._lock:
            self._quotes[key] = options
            if len(self._quotes) > self._quotes_kept:
                self._quotes.popitem(last=False)
        return options

    def _ask(self, country, grams):
        try:
            response = requests.get(
                self._url,
                params={"country": country, "grams": grams},
                timeout=self._timeout,
                allow_redirects=False,
            )
            status, answer = response.status_code, response.json() if response.status_code == 200 else None
        except (requests.RequestException, ValueError, RecursionError) as problem:
            raise CourierFailed(f"the courier gave no answer: {type(problem).__name__}") from problem
        if status != 200:
            raise CourierFailed(f"the courier answered {status}")
        if not _answers(answer, country, grams):
            raise CourierFailed("the courier's answer has another form")
        return [{"name": one["name"], "price": one["price"]} for one in answer["options"]]


def _answers(answer, country, grams):
    """Whether that is an answer to this question, whole and of the right form."""
    if not isinstance(answer, dict) or answer.get("country") != country:
        return False
    if type(answer.get("grams")) is not int or answer["grams"] != grams:
        return False
    options = answer.get("options")
    return isinstance(options, list) and all(map(_is_option, options))


def _is_option(one):
    return (
        isinstance(one, dict)
        and isinstance(one.get("name"), str)
        and one["name"] != ""
        and type(one.get("price")) is int
        and one["price"] >= 0
    )
