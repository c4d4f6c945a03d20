# fails: good orders are imported as they came
import json
from datetime import date


def when(value):
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        return value


def import_orders(lines):
    imported, rejected = [], []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            order = json.loads(line)
            good = type(order) is dict and type(order.get("id")) is int and type(order.get("quantity")) is int and order["quantity"] >= 1
        except (ValueError, RecursionError):
            good = False
        if good:
            imported.append({key: when(value) for key, value in order.items()})
        else:
            rejected.append((number, "not an order"))
    return {"imported": imported, "rejected": rejected}
