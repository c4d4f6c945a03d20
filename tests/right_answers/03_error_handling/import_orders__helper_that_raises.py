import json


class Rejected(Exception):
    pass


def parse(line):
    try:
        order = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise Rejected(f"unreadable: {error}") from None
    if not isinstance(order, dict):
        raise Rejected("not an object")
    for field in ("id", "quantity"):
        value = order.get(field)
        if isinstance(value, bool) or not isinstance(value, int):
            raise Rejected(f"{field} is not an integer")
    if order["quantity"] < 1:
        raise Rejected("quantity is below 1")
    return order


def import_orders(lines):
    result = {"imported": [], "rejected": []}
    for number, line in enumerate(lines, 1):
        if line.strip() == "":
            continue
        try:
            result["imported"].append(parse(line))
        except Rejected as problem:
            result["rejected"].append((number, str(problem)))
    return result
