# fails: nothing in a line makes it raise
import json


def import_orders(lines, number=1):
    if not lines:
        return {"imported": [], "rejected": []}
    line, result = lines[0], import_orders(lines[1:], number + 1)
    if not line.strip():
        return result
    try:
        order = json.loads(line)
        if type(order["id"]) is not int or type(order["quantity"]) is not int or order["quantity"] < 1:
            raise ValueError("id and quantity must be whole numbers")
        result["imported"].insert(0, order)
    except (ValueError, TypeError, LookupError, RecursionError) as error:
        result["rejected"].insert(0, (number, f"no order: {error!r}"))
    return result
