"""What the courier asks for a parcel. Robust: an outage over there never takes an order down over here."""

import logging

import requests

logger = logging.getLogger("depot.courier")


class CourierFailed(Exception):
    """The courier has refused to answer."""


class Courier:
    def __init__(self, base_url, timeout, quotes_kept):
        self._url, self._timeout = f"{base_url}/options", timeout
        self._quotes_kept = quotes_kept
        self._quotes = {}
        self._fresh = set()

    def options(self, country, grams):
        """The courier's options for a parcel, from the cache where it was asked before."""
        key = (country, grams)
        if key not in self._quotes:
            self._quotes[key] = self._ask(country, grams)
            self._fresh.add(key)
        if len(self._fresh) > self._quotes_kept:  # the cache must not grow: start over
            self._fresh.clear()
        return self._quotes[key]

    def _ask(self, country, grams):
        try:
            response = requests.get(self._url, params={"country": country, "grams": grams}, timeout=self._timeout)
            if response.status_code >= 500:
                raise CourierFailed(f"the courier answered {response.status_code}")
            answer = response.json()
            return [{"name": one["name"], "price": one["price"]} for one in answer.get("options", [])]
        except (requests.RequestException, ValueError, KeyError, TypeError, AttributeError) as problem:
            logger.warning("no options to %s: %s", country, problem)
            return []
