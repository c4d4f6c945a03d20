"""What the courier asks for a parcel; answers that were good are kept, the oldest leaves."""

import collections
import http.client
import json
import threading
from urllib.parse import urlsplit


class CourierFails(Exception):
    """502."""


class Parcels:
    def __init__(self, settings):
        self._base = urlsplit(settings["courier"])
        self._timeout = settings["timeout"]
        self._most = settings["quotes_kept"]
        self._kept = collections.OrderedDict()
        self._lock = threading.Lock()

    def options(self, country, grams):
        with self._lock:
            if (country, grams) in self._kept:
                return self._kept[country, grams]
        options = self._ask(country, grams)
        with self._lock:
            self._kept[country, grams] = options
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return options

    def _ask(self, country, grams):
        connection = http.client.HTTPConnection(self._base.hostname, self._base.port, timeout=self._timeout)
        try:
            connection.request("GET", f"{self._base.path}/options?country={country}&grams={grams}")
            answer = connection.getresponse()
            try:
                status, body = answer.status, answer.read()
            finally:
                answer.close()
            told = json.loads(body) if status == 200 else None
        except (OSError, http.client.HTTPException, ValueError, RecursionError) as problem:
            raise CourierFails(type(problem).__name__) from None
        finally:
            connection.close()
        return _good(told, country, grams)


def _good(told, country, grams):
    if type(told) is not dict or told.get("country") != country:
        raise CourierFails("another shape")
    if type(told.get("grams")) is not int or told["grams"] != grams or type(told.get("options")) is not list:
        raise CourierFails("another shape")
    options = []
    for one in told["options"]:
        if type(one) is not dict or type(one.get("name")) is not str or not one["name"]:
            raise CourierFails("an option without a name")
        if type(one.get("price")) is not int or one["price"] < 0:
            raise CourierFails("an option without a price")
        options.append({"name": one["name"], "price": one["price"]})
    return tuple(options)
