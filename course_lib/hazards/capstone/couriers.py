"""The courier as services meet it: good, or failing in one way for each country that a parcel goes to."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import product
from string import ascii_uppercase
from typing import Any
from urllib.parse import parse_qs, urlsplit

from course_lib.hazards.capstone.model import FREE, OPTIONS
from course_lib.testbeds.depot import courier_answer
from course_lib.testbeds.hostile_api import REFUSED, HostileAPI
from course_lib.testbeds.hostile_faults import FAULTS, Fault
from course_lib.testbeds.hostile_reply import Reply

CODES = [f"{one}{other}" for one, other in product("QZWV", ascii_uppercase)]
BY_COUNTRY, DEARER = "by country", "dearer"


@dataclass(frozen=True)
class Running:
    """A courier that runs: its base address, the ports that a service must reach, and the server itself."""

    url: str
    ports: tuple[int, ...]
    api: HostileAPI

    def asked(self) -> int:
        return len(self.api.asked(BY_COUNTRY))

    def parcels(self) -> set[tuple[str, str]]:
        """The country and the weight of everything that it was asked for."""
        return {(country_of(one.target), grams_of(one.target)) for one in self.api.asked(BY_COUNTRY)}


@contextmanager
def open_courier(faults: Mapping[str, Fault] | None = None, silence: float = 3.0) -> Iterator[Running]:
    """A courier that does the fault of a country, or of a `country weight`, where it has one; else it is good."""

    def play(reply: Reply) -> None:
        country = country_of(reply.path)
        fault = (faults or {}).get(country) or (faults or {}).get(f"{country} {grams_of(reply.path)}")
        if fault is None and country == FREE:
            options = [{**option, "days": 2} for option in OPTIONS[FREE]]  # other keys may be there
            reply.answer(200, json.dumps({**reply.good, "options": options, "currency": "EUR"}).encode())
        elif fault is None:
            reply.answer(200, reply.body)
        else:
            fault.play(reply)

    by_country = Fault(BY_COUNTRY, "either", "answers each country in its own way", play)
    kinds = {BY_COUNTRY: by_country, DEARER: _dearer(), REFUSED: FAULTS[REFUSED]}
    with HostileAPI(courier_answer, silence=silence, faults=kinds, opaque=True) as api:
        yield Running(api.url(BY_COUNTRY), api.ports, api)


def _dearer() -> Fault:
    """Another courier, as good as the usual one, that takes twice as much."""

    def play(reply: Reply) -> None:
        options = [{**option, "price": 2 * option["price"]} for option in reply.good["options"]]
        reply.answer(200, json.dumps({**reply.good, "options": options}).encode())

    return Fault(DEARER, "either", "takes twice as much", play)


def country_of(target: str) -> str:
    return _in_query(target, "country")


def grams_of(target: str) -> str:
    return _in_query(target, "grams")


def _in_query(target: str, name: str) -> str:
    found: dict[str, Any] = parse_qs(urlsplit(target).query)
    return str(found.get(name, [""])[0])
