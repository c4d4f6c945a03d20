import json

HEADING = "id,quantity"


def fault(number, line):
    if number == 1 and line.strip() == HEADING:
        return None, "a heading, and no order"
    try:
        order = json.loads(line)
    except Exception as error:
        return None, f"cut or no JSON: {type(error).__name__}"
    if not isinstance(order, dict):
        return None, "no object"
    for name in ("id", "quantity"):
        if type(order.get(name)) is not int:
            return None, f"{name} is no integer"
    return (order, "") if order["quantity"] > 0 else (None, "nothing is ordered")


def import_orders(lines):
    imported, rejected = [], []
    for number, line in enumerate(lines, 1):
        if line.strip():
            order, reason = fault(number, line)
            if reason:
                rejected.append((number, reason))
            else:
                imported.append(order)
    return {"imported": imported, "rejected": rejected}
