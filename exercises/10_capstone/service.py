"""The depot: bicycle parts by mail order. `create_service(settings)` puts it together; README.md says what it does."""

import json
import re
from types import SimpleNamespace

from flask import Flask, Response, abort, jsonify, request
from sqlalchemy import select
from werkzeug.exceptions import HTTPException

from catalogue import Catalogue
from courier import Courier, CourierFailed
from journal import Journal
from labels import LabelCache, draw
from orders import FIGURES, BadRequest, OrderDesk, Refused, stock_of, wanted_country
from reports import ReportWriter
from storage import Customer, Order, Report, Stock, Storage

MONTH = re.compile(r"[0-9]{4}-[0-9]{2}")
MOST_CODES, MOST_ORDERS, MOST_GRAMS = 40, 200, 10_000_000


def create_service(settings):
    """The service: `app` is its WSGI application, `close()` ends it."""
    storage = Storage(settings["database"])
    catalogue = Catalogue(settings["catalogue"])
    courier = Courier(settings["courier"], settings["timeout"], settings["quotes_kept"])
    journal = Journal(settings["events_kept"])
    desk = OrderDesk(storage, catalogue, courier, journal)
    labels = LabelCache(settings["labels_kept"])
    reports = ReportWriter(storage, settings["reports"], settings["workers"])
    app = Flask("depot", static_folder=None)

    def caller(session):
        """The customer behind the token; 401 without one."""
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        found = session.scalar(select(Customer).where(Customer.token == token)) if scheme == "Bearer" else None
        return found or abort(401, "a valid token is needed")

    def staff(session):
        customer = caller(session)
        return customer if customer.is_staff else abort(403, "for staff alone")

    def own(session, kind, number):
        """The row of that number, if it is the caller's; 404 for everybody else."""
        customer = caller(session)
        row = session.get(kind, number) if number < 2**63 else None
        if row is None or (row.customer != customer.id and not customer.is_staff):
            abort(404, "there is none of that number")
        return row

    @app.before_request
    def count():
        journal.count_request(request.path)

    @app.get("/health")
    def health():
        return {"status": "ok"}

    @app.get("/parts/<path:sku>")
    def part(sku):
        found = catalogue.find(sku) or abort(404, "there is no such part")
        with storage.session() as session:
            stock = session.get(Stock, sku)
        return {**vars(found), "stock": stock.quantity if stock else 0}

    @app.get("/stock")
    def stock():
        codes = request.args.get("sku", "").split(",")
        if codes == [""] or len(codes) > MOST_CODES:
            raise BadRequest(f"sku must be 1 to {MOST_CODES} codes")
        with storage.session() as session:
            return stock_of(session, codes)

    @app.get("/shipping")
    def shipping():
        with storage.session() as session:
            caller(session)
        country, grams = wanted_country(request.args.get("country")), number_in_query("grams", 1, MOST_GRAMS)
        return {"options": courier.options(country, grams)}

    @app.post("/orders")
    def place():
        with storage.session() as session:
            customer_id = caller(session).id
        return desk.place(customer_id, body_object()), 201

    @app.get("/orders")
    def listing():
        with storage.session() as session:
            customer = caller(session)
            limit = number_in_query("limit", 1, MOST_ORDERS, default="50")
            return jsonify(desk.listing(session, customer, limit, request.args.get("reference")))

    @app.get("/orders/<int:number>")
    def one_order(number):
        with storage.session() as session:
            return desk.to_json(own(session, Order, number))

    @app.post("/orders/<int:number>/cancel")
    def cancel(number):
        with storage.session() as session:
            return desk.cancel(session, own(session, Order, number))

    @app.get("/orders/<int:number>/label")
    def label(number):
        with storage.session() as session:
            caller(session)
            drawn = labels.get(number)
            if drawn is None:
                drawn = draw(own(session, Order, number), catalogue)
                labels.put(number, drawn)
        return Response(drawn, mimetype="text/plain")

    @app.post("/reports")
    def order_report():
        with storage.session() as session:
            customer = caller(session)
            month = body_object().get("month")
            if not isinstance(month, str) or not MONTH.fullmatch(month):
                raise BadRequest("month must be like 2026-05")
            report = reports.order(session, customer.id, month)
            return {"id": report.id, "month": month, "state": "waiting"}, 202

    @app.get("/reports/<int:number>")
    def report_state(number):
        with storage.session() as session:
            report = own(session, Report, number)
            return {"id": report.id, "month": report.month, "state": report.state}

    @app.get("/reports/<int:number>/file")
    def report_file(number):
        with storage.session() as session:
            caller(session)
            report = (session.get(Report, number) if number < 2**63 else None) or abort(404, "there is no such report")
            if report.state != "done":
                raise Refused(f"the report is {report.state}")
        return Response(reports.content_of(number), mimetype="text/csv")

    @app.get("/events")
    def events():
        with storage.session() as session:
            staff(session)
        return jsonify(journal.events())

    @app.get("/figures")
    def all_figures():
        with storage.session() as session:
            staff(session)
            return {"requests": journal.requests, **session.execute(FIGURES).mappings().one()}

    @app.errorhandler(HTTPException)
    def refuse(problem):
        return {"error": problem.description or problem.name}, problem.code

    for kind, status in ((BadRequest, 400), (Refused, 409), (CourierFailed, 502)):
        app.register_error_handler(kind, lambda problem, status=status: ({"error": str(problem)}, status))

    def close():
        reports.close()
        storage.close()

    return SimpleNamespace(app=app, close=close)


def body_object():
    try:
        body = json.loads(request.get_data())
    except (ValueError, RecursionError):
        body = None
    if not isinstance(body, dict):
        raise BadRequest("the body must be a JSON object")
    return body


def number_in_query(name, least, most, default=""):
    text = request.args.get(name, default)
    if not re.fullmatch("[0-9]{1,9}", text) or not least <= int(text) <= most:
        raise BadRequest(f"{name} must be a number from {least} to {most}")
    return int(text)
