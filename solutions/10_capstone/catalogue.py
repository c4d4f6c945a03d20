"""The parts on sale. Thousands of them, looked up on every request: kept by their codes."""

import json
from dataclasses import dataclass


@dataclass(frozen=True)
class Part:
    sku: str
    name: str
    grams: int
    price: int


class Catalogue:
    def __init__(self, path):
        with open(path, encoding="utf-8") as file:
            parts = [Part(one["sku"], one["name"], one["grams"], one["price"]) for one in json.load(file)]
        self._parts = {part.sku: part for part in parts}

    def find(self, sku):
        """The part with that code, or None."""
        return self._parts.get(sku)

    def name_of(self, sku):
        part = self.find(sku)
        return part.name if part else sku
