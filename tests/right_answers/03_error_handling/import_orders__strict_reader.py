import json


def refuse(text):
    raise ValueError(f"{text} is not JSON")


def once(pairs):
    order = dict(pairs)
    if len(order) != len(pairs):
        raise ValueError("a key occurs twice")
    return order


def import_orders(lines: list[str]) -> dict:
    """NaN and keys that occur twice are refused."""
    imported: list[dict] = []
    rejected: list[tuple[int, str]] = []
    for number, line in enumerate(lines, start=1):
        if not line or line.isspace():
            continue
        try:
            order = json.loads(line, parse_constant=refuse, object_pairs_hook=once)
        except (ValueError, RecursionError) as error:
            rejected.append((number, str(error)[:200] or "unreadable"))
            continue
        good = isinstance(order, dict) and all(type(order.get(k)) is int for k in ("id", "quantity"))
        if good and order["quantity"] > 0:
            imported.append(order)
        else:
            rejected.append((number, "id and quantity must be integers and quantity positive"))
    return {"imported": imported, "rejected": rejected}
