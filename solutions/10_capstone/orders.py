"""Taking, cancelling and listing orders."""

import re
from datetime import datetime, timezone

from sqlalchemy import select, text, update
from sqlalchemy.orm import selectinload

from storage import Customer, Line, Order, Stock, Till

COUNTRY, ODD = re.compile("[A-Z]{2}"), re.compile("[\0\ud800-\udfff]")
MOST_LINES, MOST_PIECES, LONGEST_REFERENCE = 20, 1000, 200


class BadRequest(Exception):
    """The request makes no sense; the message says why."""


class Refused(Exception):
    """The request makes sense and can't be met; the message says why."""


def wanted_lines(body, catalogue):
    """[(part, quantity)] of a request; raises BadRequest."""
    lines = body.get("lines")
    if not isinstance(lines, list) or not 1 <= len(lines) <= MOST_LINES:
        raise BadRequest(f"lines must be a list of 1 to {MOST_LINES}")
    wanted = {}
    for line in lines:
        if not isinstance(line, dict) or not isinstance(line.get("sku"), str):
            raise BadRequest("each line needs a sku")
        quantity = line.get("quantity")
        if type(quantity) is not int or not 1 <= quantity <= MOST_PIECES:
            raise BadRequest(f"quantity must be 1 to {MOST_PIECES}")
        part = catalogue.find(line["sku"])
        if part is None or part in wanted:
            raise BadRequest("each sku must be in the catalogue, and once in the order")
        wanted[part] = quantity
    return list(wanted.items())


def wanted_country(text):
    if not isinstance(text, str) or not COUNTRY.fullmatch(text):
        raise BadRequest("country must be two capital letters")
    return text


def wanted_reference(body):
    reference = body.get("reference", "")
    if not isinstance(reference, str) or len(reference) > LONGEST_REFERENCE or ODD.search(reference):
        raise BadRequest(f"reference must be a text of at most {LONGEST_REFERENCE} characters")
    return reference


class OrderDesk:
    def __init__(self, storage, catalogue, courier, journal):
        self._storage, self._catalogue, self._courier, self._journal = storage, catalogue, courier, journal

    def place(self, customer_id, body):
        """Takes an order: asks the courier, then takes stock and money, each only where there is enough."""
        wanted = wanted_lines(body, self._catalogue)
        country, reference = wanted_country(body.get("country")), wanted_reference(body)
        shipping = self._shipping(country, sum(part.grams * quantity for part, quantity in wanted))
        total = shipping + sum(part.price * quantity for part, quantity in wanted)
        with self._storage.session() as session:
            for part, quantity in wanted:
                enough = update(Stock).where(Stock.sku == part.sku, Stock.quantity >= quantity)
                if not session.execute(enough.values(quantity=Stock.quantity - quantity)).rowcount:
                    raise Refused(f"there is too little of {part.sku}")
            enough = update(Customer).where(Customer.id == customer_id, Customer.balance >= total)
            if not session.execute(enough.values(balance=Customer.balance - total)).rowcount:
                raise Refused(f"{total} cents are needed and the balance is smaller")
            session.execute(update(Till).where(Till.id == 1).values(balance=Till.balance + total))
            order = Order(
                customer=customer_id, state="open", country=country, reference=reference,
                month=datetime.now(timezone.utc).strftime("%Y-%m"), shipping=shipping, total=total,
            )
            order.lines = [Line(sku=part.sku, quantity=quantity, price=part.price) for part, quantity in wanted]
            session.add(order)
            session.commit()
            self._journal.note("ordered", order)
            return self.to_json(order)

    def _shipping(self, country, grams):
        options = self._courier.options(country, grams)
        if not options:
            raise Refused(f"nobody drives to {country}")
        return min(option["price"] for option in options)

    def cancel(self, session, order):
        """Takes an order back: the parts into stock, the money to the customer."""
        still_open = update(Order).where(Order.id == order.id, Order.state == "open")
        if not session.execute(still_open.values(state="cancelled")).rowcount:
            raise Refused(f"order {order.id} is cancelled already")
        for line in order.lines:
            more = update(Stock).where(Stock.sku == line.sku).values(quantity=Stock.quantity + line.quantity)
            if not session.execute(more).rowcount:
                session.add(Stock(sku=line.sku, quantity=line.quantity))
        payer = update(Customer).where(Customer.id == order.customer)
        session.execute(payer.values(balance=Customer.balance + order.total))
        session.execute(update(Till).where(Till.id == 1).values(balance=Till.balance - order.total))
        session.commit()
        self._journal.note("cancelled", order)
        return self.to_json(order)

    def listing(self, session, customer, limit, reference):
        """The newest orders that the customer may see."""
        newest = select(Order).options(selectinload(Order.lines)).order_by(Order.id.desc()).limit(limit)
        if not customer.is_staff:
            newest = newest.where(Order.customer == customer.id)
        if reference is not None:
            newest = newest.where(Order.reference == reference)
        return [self.to_json(order) for order in session.scalars(newest)]

    def to_json(self, order):
        lines = [
            {"sku": line.sku, "name": self._catalogue.name_of(line.sku), "quantity": line.quantity, "price": line.price}
            for line in order.lines
        ]
        return {**order.columns(), "lines": lines}


def stock_of(session, codes):
    """{code: quantity} of the codes that have a row."""
    rows = session.execute(select(Stock.sku, Stock.quantity).where(Stock.sku.in_(codes)))
    return {sku: quantity for sku, quantity in rows}


# What the boss looks at; it goes through all orders.
FIGURES = text("""
    SELECT (SELECT count(*) FROM orders WHERE state = 'open') AS orders,
           (SELECT coalesce(sum(total), 0) FROM orders WHERE state = 'open') AS turnover,
           (SELECT lines.sku FROM lines JOIN orders ON orders.id = lines.order_id WHERE orders.state = 'open'
            GROUP BY lines.sku ORDER BY sum(lines.quantity) DESC, lines.sku LIMIT 1) AS best_seller
""")
