"""The threads that write reports, each to a name of its own and put in place when it is whole."""

import csv
import os
import sqlite3
from concurrent.futures import ThreadPoolExecutor

from depot.reading import looking

HEADER = ("id", "customer", "reference", "total", "reference_total")


class Writers:
    def __init__(self, settings):
        self._database, self._folder = settings["database"], settings["reports"]
        self._pool = ThreadPoolExecutor(settings["workers"])

    def close(self):
        self._pool.shutdown(wait=True)

    def path(self, number):
        return os.path.join(self._folder, f"report-{number}.csv")

    def begin(self, number, customer, month, everybody):
        self._pool.submit(self._write, number, customer, month, everybody)

    def _write(self, number, customer, month, everybody):
        unfinished = self.path(number) + ".unfinished"
        try:
            self._write_rows(unfinished, customer, month, everybody)
            os.replace(unfinished, self.path(number))
            state = "done"
        except (OSError, sqlite3.Error):
            state = "failed"
            try:
                os.unlink(unfinished)
            except OSError:
                pass
        with looking(self._database) as connection:
            connection.execute("UPDATE reports SET state = ? WHERE id = ?", (state, number))

    def _write_rows(self, path, customer, month, everybody):
        who, values = ("1", ()) if everybody else ("customer = ?", (customer,))
        with looking(self._database) as connection:
            rows = connection.execute(
                f"SELECT id, customer, reference, total FROM orders WHERE {who} AND month = ? AND state = 'open' ORDER BY id",
                (*values, month),
            ).fetchall()
        sums = {}
        for _, owner, reference, total in rows:
            sums[owner, reference] = sums.get((owner, reference), 0) + total
        with open(path, "w", encoding="utf-8", newline="") as file:
            out = csv.writer(file)
            out.writerow(HEADER)
            out.writerows((*row, sums[row[1], row[2]]) for row in rows)
