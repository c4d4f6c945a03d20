# fails: bad orders are rejected with a reason
import json


def import_orders(lines):
    imported, rejected = [], []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            order = json.loads(line)
        except (ValueError, RecursionError):
            rejected.append((number, line[:20].strip()))
            continue
        reason = fault(order)
        if reason:
            rejected.append((number, reason))
        else:
            imported.append(order)
    return {"imported": imported, "rejected": rejected}


def fault(order):
    if not isinstance(order, dict):
        return "no object"
    for key in ("id", "quantity"):
        if type(order.get(key)) is not int:
            return f"{key} is no integer"
    return "too little" if order["quantity"] < 1 else ""
