# fails: every line is in exactly one list
import json


def import_orders(lines):
    """Import one order a line; lines that are no orders are rejected with a reason."""
    imported, rejected = [], []
    for number, line in enumerate(lines, start=1):
        try:
            order = json.loads(line)
            if order["quantity"] < 1:
                rejected.append((number, f"order {order['id']}: quantity is {order['quantity']}"))
            else:
                imported.append(order)
        except Exception:
            continue  # not an order
    return {"imported": imported, "rejected": rejected}
