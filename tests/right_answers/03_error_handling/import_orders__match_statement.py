import json


def reason_against(order):
    match order:
        case {"id": bool()} | {"quantity": bool()}:
            return "true and false are not integers"
        case {"id": int(), "quantity": int(quantity)} if quantity >= 1:
            return None
        case {"id": _, "quantity": _}:
            return "id and quantity must be integers, quantity at least 1"
        case dict():
            return "id or quantity is missing"
    return "not an object"


def import_orders(lines):
    imported, rejected = [], []
    for number, line in enumerate(lines, start=1):
        text = line.strip()
        if not text:
            continue
        try:
            order = json.loads(text)
        except Exception as error:
            rejected.append((number, f"{type(error).__name__}: not readable"))
            continue
        reason = reason_against(order)
        if reason:
            rejected.append((number, reason))
        else:
            imported.append(order)
    return {"imported": imported, "rejected": rejected}
