# fails: line numbers count every line
import json


def import_orders(lines):
    imported, unreadable, invalid = [], [], []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            order = json.loads(line)
        except (ValueError, RecursionError) as error:
            unreadable.append((number, str(error)))
            continue
        if isinstance(order, dict) and type(order.get("id")) is int and type(order.get("quantity")) is int and order["quantity"] > 0:
            imported.append(order)
        else:
            invalid.append((number, "not an order"))
    return {"imported": imported, "rejected": invalid + unreadable}
