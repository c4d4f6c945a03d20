# fails: bad orders are rejected with a reason
import json


def import_orders(lines):
    imported, rejected = [], []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            order = json.loads(line)
            order["id"] = int(order["id"])
            order["quantity"] = int(order["quantity"])
            if order["quantity"] < 1:
                raise ValueError("quantity must be at least 1")
        except (ValueError, TypeError, KeyError, RecursionError) as error:
            rejected.append((number, str(error)))
            continue
        except OverflowError as error:
            rejected.append((number, str(error)))
            continue
        imported.append(order)
    return {"imported": imported, "rejected": rejected}
