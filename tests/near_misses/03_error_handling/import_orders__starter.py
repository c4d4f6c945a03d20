# fails: every line is in exactly one list
import json


def import_orders(lines):
    imported, rejected = [], []
    for number, line in enumerate(lines, start=1):
        try:
            order = json.loads(line)
            if order["quantity"] > 0:
                imported.append(order)
            else:
                rejected.append((number, f"quantity is {order['quantity']}"))
        except Exception:
            continue
    return {"imported": imported, "rejected": rejected}
