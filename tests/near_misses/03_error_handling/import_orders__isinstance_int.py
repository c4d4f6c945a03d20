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
        if not isinstance(order, dict):
            rejected.append((number, "not an object"))
        elif not isinstance(order.get("id"), int) or not isinstance(order.get("quantity"), int):
            rejected.append((number, "id and quantity must be integers"))
        elif order["quantity"] < 1:
            rejected.append((number, "quantity must be at least 1"))
        else:
            imported.append(order)
    return {"imported": imported, "rejected": rejected}
