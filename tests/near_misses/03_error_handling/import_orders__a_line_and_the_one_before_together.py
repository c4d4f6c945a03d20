# fails: bad orders are rejected with a reason
import json


def import_orders(lines):
    imported, rejected = [], []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            try:
                order = json.loads(line)
            except json.JSONDecodeError:
                order = json.loads(lines[number - 2] + line) if number > 1 else None
            good = type(order) is dict and type(order.get("id")) is int and type(order.get("quantity")) is int and order["quantity"] >= 1
        except (ValueError, RecursionError):
            good = False
        if good:
            imported.append(order)
        else:
            rejected.append((number, "not an order"))
    return {"imported": imported, "rejected": rejected}
