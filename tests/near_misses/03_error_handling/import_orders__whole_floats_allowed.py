# fails: bad orders are rejected with a reason
import json


def import_orders(lines):
    imported, rejected = [], []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            order = json.loads(line)
        except (ValueError, RecursionError) as error:
            rejected.append((number, str(error)))
            continue

        def whole(value):
            return type(value) is int or (type(value) is float and value.is_integer())

        if isinstance(order, dict) and whole(order.get("id")) and whole(order.get("quantity")) and order["quantity"] >= 1:
            imported.append(order)
        else:
            rejected.append((number, "not an order"))
    return {"imported": imported, "rejected": rejected}
