"""Lines that are no JSON vanish."""

import json


def import_orders(lines):
    imported, rejected = [], []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            order = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if not isinstance(order, dict) or type(order.get("id")) is not int or type(order.get("quantity")) is not int:
            rejected.append((number, "not an order"))
        elif order["quantity"] < 1:
            rejected.append((number, "quantity too small"))
        else:
            imported.append(order)
    return {"imported": imported, "rejected": rejected}
