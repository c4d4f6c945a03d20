# fails: good orders are imported as they came
import json


def import_orders(lines):
    imported, rejected = [], []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            if len(line) > 1048576:
                raise ValueError
            order = json.loads(line)
            good = type(order) is dict and type(order.get("id")) is int and type(order.get("quantity")) is int and order["quantity"] >= 1
        except (ValueError, RecursionError):
            good = False
        if good:
            imported.append(order)
        else:
            rejected.append((number, "not an order"))
    return {"imported": imported, "rejected": rejected}
