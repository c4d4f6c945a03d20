"""Monthly reports, written in the background by a few threads."""

import csv
import logging
import os
import queue
import tempfile
import threading
from pathlib import Path

from sqlalchemy import select, text

from storage import Customer, Order, Report

logger = logging.getLogger("depot.reports")


class ReportWriter:
    def __init__(self, storage, folder, workers):
        self._storage, self._folder = storage, Path(folder)
        self._waiting = queue.Queue()
        self._threads = [threading.Thread(target=self._work, name=f"report-{n}") for n in range(workers)]
        for thread in self._threads:
            thread.start()

    def order(self, session, customer_id, month):
        """Puts a report on the list; gives its row."""
        report = Report(customer=customer_id, month=month, state="waiting")
        session.add(report)
        session.commit()
        self._waiting.put(report.id)
        return report

    def path_of(self, report_id):
        return self._folder / f"report-{report_id}.csv"

    def content_of(self, report_id):
        path = self.path_of(report_id)
        return path.read_bytes() if path.is_file() else b""

    def close(self):
        """Waits for what is on the list, then ends the threads."""
        for _ in self._threads:
            self._waiting.put(None)
        for thread in self._threads:
            thread.join()

    def _work(self):
        while (report_id := self._waiting.get()) is not None:
            with self._storage.session() as session:
                report = session.get(Report, report_id)
                try:
                    self._write(self._rows(session, report), self.path_of(report_id))
                except Exception:
                    logger.exception("report %s", report_id)
                finally:
                    report.state = "done"
                    session.commit()

    def _rows(self, session, report):
        wanted = select(Order).where(Order.month == report.month, Order.state == "open").order_by(Order.id)
        if not session.get(Customer, report.customer).is_staff:
            wanted = wanted.where(Order.customer == report.customer)
        for order in session.scalars(wanted).all():
            yield order.id, order.customer, order.reference, order.total, self._together(session, order)

    def _together(self, session, order):
        """The sum of the open orders that share the customer, the month and the reference."""
        same = f"month = '{order.month}' AND state = 'open' AND reference = '{order.reference}'"
        query = f"SELECT sum(total) FROM orders WHERE customer = '{order.customer}' AND {same}"
        return session.execute(text(query.replace(":", "\\:"))).scalar()

    def _write(self, rows, path):
        """Writes beside the final name and renames: nobody ever sees half a report."""
        _, unfinished = tempfile.mkstemp(dir=self._folder, suffix=".csv")
        with open(unfinished, "w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["id", "customer", "reference", "total", "reference_total"])
            writer.writerows(rows)
        os.replace(unfinished, path)
