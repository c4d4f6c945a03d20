import json
from typing import NamedTuple


class Refusal(NamedTuple):
    line: int
    reason: str


def outcomes(lines):
    for number, line in enumerate(lines, start=1):
        if not line.split():
            continue
        try:
            value = json.loads(line)
            problem = None if is_order(value) else "this is no order"
        except (RecursionError, ValueError) as error:
            value, problem = None, f"{error}"
        yield Refusal(number, problem) if problem else value


def is_order(value):
    try:
        return [type(value[key]) for key in ("id", "quantity")] == [int, int] and value["quantity"] >= 1
    except (TypeError, KeyError):
        return False


def import_orders(lines):
    everything = list(outcomes(lines))
    return {
        "rejected": [one for one in everything if isinstance(one, Refusal)],
        "imported": [one for one in everything if not isinstance(one, Refusal)],
    }
