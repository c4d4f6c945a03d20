"""The twin of the first short pull request, for the review after the last lesson: three planted, six clean places.

The same three hazards are planted, in other clothes and in another order, so that what was found can be compared.
"""

from __future__ import annotations

from course_lib.hazards.defence.places import Place, PullRequest

TOOLS = PullRequest(
    "tools",
    "A library of tools: loans, slips, carts",
    (
        Place(
            "Carts.write_down",
            "unbounded_growth",
            False,
            """        self._log: deque[str] = deque(maxlen=80)
""",
            """        self._log: deque[str] = deque()
""",
            "the deque keeps the last eighty",
        ),
        Place(
            "Carts.fetch",
            "race_conditions",
            True,
            """        if self._waiting < 1:
            return False
        with self._lock:
            self._waiting -= 1
""",
            """        with self._lock:
            if self._waiting < 1:
                return False
            self._waiting -= 1
""",
            "the lock begins after the question, so two threads both see the last cart",
        ),
        Place(
            "per_kind",
            "n_plus_one_queries",
            False,
            """    for kind in KINDS:
        row = connection.execute("SELECT count(*) FROM loans WHERE kind = ?", (kind,)).fetchone()
        lent[kind] = row[0]
""",
            """    for (number,) in connection.execute("SELECT id FROM loans").fetchall():
        row = connection.execute("SELECT kind FROM loans WHERE id = ?", (number,)).fetchone()
        lent[row[0]] = lent.get(row[0], 0) + 1
""",
            "three kinds, three queries, however many loans",
        ),
        Place(
            "lent_since",
            "sql_injection",
            False,
            """    sql = f"SELECT {SHOWN} FROM loans WHERE since >= ? ORDER BY id"
    return connection.execute(sql, (day,)).fetchall()
""",
            """    sql = f"SELECT {SHOWN} FROM loans WHERE since >= '{day}' ORDER BY id"
    return connection.execute(sql).fetchall()
""",
            "a constant is pasted in, and the day is bound",
        ),
        Place(
            "lent_to",
            "sql_injection",
            True,
            """    where = f"borrower = '{borrower}' AND kind = ?"
    return connection.execute(f"SELECT {SHOWN} FROM loans WHERE {where} ORDER BY id", (kind,)).fetchall()
""",
            """    where = "borrower = ? AND kind = ?"
    return connection.execute(f"SELECT {SHOWN} FROM loans WHERE {where} ORDER BY id", (borrower, kind)).fetchall()
""",
            "the kind is bound, and the borrower is pasted in beside it",
        ),
        Place(
            "renumber",
            "error_handling",
            False,
            """        connection.commit()
    except Exception:
        connection.rollback()
        raise
""",
            """        connection.commit()
    except Exception:
        connection.rollback()
""",
            "every exception is caught, and goes on to the caller once the half-done work is undone",
        ),
        Place(
            "of_known_kinds",
            "data_structures",
            False,
            """    return [loan for loan in loans if loan["kind"] in KINDS]
""",
            """    known = [loan for loan in loans if loan["kind"] in KINDS]
    return [loan for loan in loans if loan in known]
""",
            "the list that is searched has three entries",
        ),
        Place(
            "read_slip",
            "resource_leaks",
            False,
            """    with slip:
        return dict(json.load(slip))
""",
            """    return dict(json.load(slip))
""",
            "the file is opened on one line and closed by the with on the next",
        ),
        Place(
            "write_slip",
            "resource_leaks",
            True,
            """    slip = open(path, "w", encoding="utf-8")
    slip.write(json.dumps(loan, indent=1))
    slip.close()
""",
            """    with open(path, "w", encoding="utf-8") as slip:
        slip.write(json.dumps(loan, indent=1))
""",
            "where the loan holds what JSON can't, dumps raises and close is never reached",
        ),
    ),
)
