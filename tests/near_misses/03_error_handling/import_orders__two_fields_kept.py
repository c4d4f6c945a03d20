# fails: good orders are imported as they came
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
        if isinstance(order, dict) and type(order.get("id")) is int and type(order.get("quantity")) is int and order["quantity"] > 0:
            imported.append({"id": order["id"], "quantity": order["quantity"]})
        else:
            rejected.append((number, "not an order"))
    return {"imported": imported, "rejected": rejected}
