import json
import sys


def import_orders(lines):
    """Long numbers are read, a byte order mark is forgiven."""
    before = sys.get_int_max_str_digits()
    sys.set_int_max_str_digits(0)
    try:
        return sort(lines)
    finally:
        sys.set_int_max_str_digits(before)


def sort(lines):
    imported, rejected = [], []
    decoder = json.JSONDecoder(strict=False)
    for number, line in enumerate(lines, start=1):
        text = line.lstrip("\ufeff").strip()
        if text == "":
            continue
        try:
            order = decoder.decode(text)
            if type(order) is not dict:
                raise TypeError("not an object")
            if type(order["id"]) is not int or type(order["quantity"]) is not int:
                raise TypeError("id and quantity must be integers")
            if order["quantity"] < 1:
                raise ValueError("quantity must be positive")
        except KeyError as missing:
            rejected.append((number, f"{missing} is missing"))
        except (TypeError, ValueError, RecursionError) as error:
            rejected.append((number, str(error)))
        else:
            imported.append(order)
    return dict(imported=imported, rejected=rejected)
