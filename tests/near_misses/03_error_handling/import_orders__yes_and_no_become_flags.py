# fails: good orders are imported as they came
import json


def flag(value):
    return {"yes": True, "no": False}.get(value, value) if isinstance(value, str) else value


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
            imported.append({key: flag(value) for key, value in order.items()})
        else:
            rejected.append((number, "not an order"))
    return {"imported": imported, "rejected": rejected}
