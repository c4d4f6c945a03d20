# fails: bad orders are rejected with a reason
import json


def import_orders(lines):
    imported, rejected = [], []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            order = json.loads(line)
            assert isinstance(order, dict)
            assert type(order.get("id")) is int
            assert type(order.get("quantity")) is int and order["quantity"] >= 1
            imported.append(order)
        except (ValueError, RecursionError, AssertionError) as error:
            rejected.append((number, str(error)))
    return {"imported": imported, "rejected": rejected}
