"""The service's own tests."""

import csv
import json
import tempfile
import unittest
from pathlib import Path

from course_lib.testbeds import depot
from course_lib.testbeds.hostile_api import HostileAPI
from service import create_service

PARTS = [
    {"sku": "CH-0001", "name": "Chain", "grams": 300, "price": 2990},
    {"sku": "BE-0001", "name": "Bell", "grams": 90, "price": 650},
]
CUSTOMERS = {
    "ada": ("ada-token", "customer", 10_000),
    "ben": ("ben-token", "customer", 100),
    "root": ("root-token", "staff", 0),
}


class ServiceTest(unittest.TestCase):
    courier_is = "good"

    def setUp(self):
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        (self.folder / "reports").mkdir()
        depot.write_catalogue(self.folder / "catalogue.json", PARTS)
        depot.create_database(self.folder / "depot.db", depot.Data(CUSTOMERS, {"CH-0001": 2, "BE-0001": 5}))
        api = self.enterContext(HostileAPI(depot.courier_answer))
        service = create_service(depot.settings(self.folder, api.url(self.courier_is)))
        self.addCleanup(service.close)
        self.client = service.app.test_client()

    def ask(self, method, path, who="ada", body=None):
        headers = {"Authorization": f"Bearer {who}-token"} if who else {}
        return self.client.open(path, method=method, headers=headers, data=None if body is None else json.dumps(body))

    def order(self, who="ada", quantity=1, **others):
        body = {"lines": [{"sku": "CH-0001", "quantity": quantity}], "country": "DE", **others}
        return self.ask("POST", "/orders", who, body)


class Ordering(ServiceTest):
    def test_an_order_takes_stock_and_money(self):
        answer = self.order(reference="bike 7")
        self.assertEqual(answer.status_code, 201)
        self.assertEqual(answer.json["total"], 2990 + 490)
        self.assertEqual(self.ask("GET", "/parts/CH-0001").json["stock"], 1)
        self.assertEqual(self.ask("GET", "/orders?reference=bike+7").json, [answer.json])

    def test_too_little_stock_or_money(self):
        self.assertEqual(self.order(quantity=3).status_code, 409)
        self.assertEqual(self.order("ben").status_code, 409)

    def test_cancelling_gives_it_all_back(self):
        number = self.order().json["id"]
        self.assertEqual(self.ask("POST", f"/orders/{number}/cancel").json["state"], "cancelled")
        self.assertEqual(self.ask("POST", f"/orders/{number}/cancel").status_code, 409)
        self.assertEqual(self.ask("GET", "/stock?sku=CH-0001,BE-0001").json, {"CH-0001": 2, "BE-0001": 5})

    def test_nonsense_is_refused(self):
        self.assertEqual(self.order(quantity=0).status_code, 400)
        self.assertEqual(self.ask("POST", "/orders", body=[]).status_code, 400)


class Privacy(ServiceTest):
    def test_without_a_token(self):
        self.assertEqual(self.ask("GET", "/orders", who="").status_code, 401)

    def test_other_peoples_orders_are_not_there(self):
        number = self.order().json["id"]
        self.assertEqual(self.ask("GET", f"/orders/{number}", "ben").status_code, 404)
        self.assertEqual(self.ask("GET", f"/orders/{number}/label", "ben").status_code, 404)
        self.assertEqual(self.ask("GET", "/orders", "ben").json, [])
        self.assertEqual(self.ask("GET", f"/orders/{number}", "root").status_code, 200)

    def test_events_are_for_staff(self):
        self.order()
        self.assertEqual(self.ask("GET", "/events").status_code, 403)
        self.assertEqual(len(self.ask("GET", "/events", "root").json), 1)


class Paper(ServiceTest):
    def test_the_label(self):
        number = self.order().json["id"]
        lines = self.ask("GET", f"/orders/{number}/label").text.splitlines()
        self.assertEqual(lines[:5], ["DEPOT", f"order {number}", "for ada", "to DE", "1 x CH-0001 Chain"])
        self.assertEqual(len(lines), 65)

    def test_the_report(self):
        order = self.order(reference="bike 7").json
        report = self.ask("POST", "/reports", body={"month": order["month"]}).json
        while self.ask("GET", f"/reports/{report['id']}").json["state"] == "waiting":
            pass
        rows = list(csv.reader(self.ask("GET", f"/reports/{report['id']}/file").text.splitlines()))
        self.assertEqual(rows[1], ["1", "ada", "bike 7", "3480", "3480"])


class CourierIsDown(ServiceTest):
    courier_is = "status 503"

    def test_an_outage_is_told(self):
        self.assertEqual(self.ask("GET", "/shipping?country=DE&grams=100").status_code, 502)
        self.assertEqual(self.order().status_code, 502)
