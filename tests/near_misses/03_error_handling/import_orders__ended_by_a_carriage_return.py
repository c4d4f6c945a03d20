# fails: every line is in exactly one list
import io
import json


def import_orders(lines):
    imported, rejected = [], []
    text = io.StringIO("".join(line.rstrip("\r\n") + "\n" for line in lines), newline=None)
    for number, line in enumerate(text, 1):
        if not line.strip():
            continue
        try:
            order = json.loads(line)
        except (ValueError, RecursionError):
            rejected.append((number, "unreadable"))
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
