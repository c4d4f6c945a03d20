"""The pull request that the lesson has reviewed: seven planted faults of different hazards, fourteen clean places."""

from __future__ import annotations

from course_lib.hazards.defence.places import Place, PullRequest

YEARLY_TOTALS = Place(
    "yearly_totals",
    "resource_leaks",
    True,
    """        with sqlite3.connect(path) as archive:
            (count,) = archive.execute("SELECT count(*) FROM parcels").fetchone()
""",
    """        archive = sqlite3.connect(path)
        try:
            (count,) = archive.execute("SELECT count(*) FROM parcels").fetchone()
        finally:
            archive.close()
""",
    "the with of a connection ends a transaction and closes nothing",
)
STATUS_CACHE = Place(
    "StatusCache.put",
    "unbounded_growth",
    True,
    """        self._recent.append(number)
        self._status[number] = status
""",
    """        self._status.pop(number, None)
        self._status[number] = status
        if len(self._status) > (self._recent.maxlen or 0):
            del self._status[next(iter(self._status))]
""",
    "the deque forgets its oldest number by itself, and the dict beside it never does",
    """        self._recent: deque[str] = deque(maxlen=capacity)
        self._status: dict[str, str] = {}
""",
)
CARRIER_STATUS = Place(
    "carrier_status",
    "error_handling",
    True,
    """            return str(json.load(answer)["status"])
    except (OSError, HTTPException, ValueError, KeyError):
        return "on its way"
""",
    """            return str(json.load(answer)["status"])
    except (OSError, HTTPException, ValueError, KeyError) as error:
        raise CarrierError(f"{number}: {error}") from error
""",
    "when the carrier can't be asked, the parcel is said to be on its way, and nobody hears of the failure",
)
TAKE = Place(
    "Compartments.take",
    "race_conditions",
    True,
    """        if self._free[size] < 1:
            return False
        with self._lock:
            self._free[size] -= 1
        return True
""",
    """        with self._lock:
            if self._free[size] < 1:
                return False
            self._free[size] -= 1
        return True
""",
    "two threads both see the last compartment before either takes it: the lock begins after the question",
)
REMINDERS = Place(
    "reminders",
    "n_plus_one_queries",
    True,
    """    for member_id, name in members:
        sql = "SELECT id FROM parcels WHERE member_id = ? AND state = 'arrived' ORDER BY id"
        waiting = [number for (number,) in connection.execute(sql, (member_id,))]
""",
    """    waiting_of: dict[int, list[Any]] = {}
    for owner, number in connection.execute("SELECT member_id, id FROM parcels WHERE state = 'arrived' ORDER BY id"):
        waiting_of.setdefault(owner, []).append(number)
    for member_id, name in members:
        waiting = waiting_of.get(member_id, [])
""",
    "one query for each member, whether there is a parcel or not",
)
SEARCH = Place(
    "search",
    "sql_injection",
    True,
    """        sql += f" AND state = '{state}'"
    return connection.execute(f"{sql} ORDER BY id LIMIT ?", (carrier, limit)).fetchall()
""",
    """        sql += " AND state = ?"
    values = (carrier, state, limit) if state else (carrier, limit)
    return connection.execute(f"{sql} ORDER BY id LIMIT ?", values).fetchall()
""",
    "carrier and limit are bound, and the state is pasted in between",
)
COLLECTED = Place(
    "collected",
    "missing_authorization",
    True,
    """    def collected(number: str) -> Response:
        parcel = store.parcel(number)
        if parcel is None:
            abort(404)
""",
    """    def collected(number: str) -> Response:
        parcel = store.parcel(number)
        if parcel is None or parcel["member"] != g.member:
            abort(404)
""",
    "any member may collect any parcel: who is asking is known, whose parcel it is goes unasked",
)

OPEN_MANIFEST = Place(
    "open_manifest",
    "resource_leaks",
    False,
    """    with open_manifest(path) as manifest:
        return list(csv.DictReader(manifest))
""",
    """    return list(csv.DictReader(open_manifest(path)))
""",
    "the file is opened in one function and closed by the with of the only other one that calls it",
    """    return open(path, newline="", encoding="utf-8")
""",
)
WAITING_ONLY = Place(
    "waiting_only",
    "data_structures",
    False,
    """    return [parcel for parcel in parcels if parcel["state"] in WAITING]
""",
    """    waiting = [parcel for parcel in parcels if parcel["state"] in WAITING]
    return [parcel for parcel in parcels if parcel in waiting]
""",
    "the list that is searched has three entries and always will have",
    """WAITING = ["announced", "arrived", "moved"]
""",
)
NEWCOMERS = Place(
    "newcomers",
    "data_structures",
    False,
    """    seen = set(known)
""",
    """    seen = list(known)
""",
    "the known numbers are made a set before the loop",
)
IMPORT_PARCELS = Place(
    "import_parcels",
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
)
PARCELS_OF = Place(
    "parcels_of",
    "sql_injection",
    False,
    """    sql = f"SELECT {SHOWN} FROM parcels WHERE member_id = ? ORDER BY arrived, id"
    return connection.execute(sql, (member_id,)).fetchall()
""",
    """    sql = f"SELECT {SHOWN} FROM parcels WHERE member_id = {member_id} ORDER BY arrived, id"
    return connection.execute(sql).fetchall()
""",
    "what is pasted into the statement is a constant of this module",
)
ARRIVALS = Place(
    "arrivals",
    "sql_injection",
    False,
    """    if sort_by not in SORTABLE:
        raise ValueError(f"parcels can't be sorted by {sort_by!r}")
    return connection.execute(f"SELECT {SHOWN} FROM parcels ORDER BY {SORTABLE[sort_by]}, id").fetchall()
""",
    """    column = SORTABLE.get(sort_by, sort_by)
    return connection.execute(f"SELECT {SHOWN} FROM parcels ORDER BY {column}, id").fetchall()
""",
    "a column's name can't be bound; here it is looked up in a table of three, and anything else is refused",
)
FREE_BY_SIZE = Place(
    "free_by_size",
    "n_plus_one_queries",
    False,
    """    for size in SIZES:
        sql = "SELECT count(*) FROM compartments WHERE size = ? AND parcel_id IS NULL"
        (free[size],) = connection.execute(sql, (size,)).fetchone()
""",
    """    for size in SIZES:
        free[size] = 0
    for number, size in connection.execute("SELECT id, size FROM compartments").fetchall():
        sql = "SELECT count(*) FROM compartments WHERE id = ? AND parcel_id IS NULL"
        free[size] += connection.execute(sql, (number,)).fetchone()[0]
""",
    "a query in a loop, three times, however many compartments there are",
)
JOURNAL_LINES = Place(
    "Journal",
    "unbounded_growth",
    False,
    """        self._lines: deque[tuple[int, str]] = deque(maxlen=keep)
""",
    """        self._lines: deque[tuple[int, str]] = deque()
""",
    "it appends for ever to a deque that keeps the last 200",
    """        self._lines.append((number, text))
""",
)
JOURNAL_NUMBERS = Place(
    "Journal.note",
    "race_conditions",
    False,
    """        number = next(self._numbers)
""",
    """        number = self._given = getattr(self, "_given", 0) + 1
""",
    "no lock is needed for what it promises: in CPython the next of itertools.count is one step, and so is append",
)
DISTRICT = Place(
    "district",
    "unbounded_growth",
    False,
    """@lru_cache(maxsize=256)
""",
    """@lru_cache(maxsize=None)
""",
    "a cache with a bound",
)
SWAP = Place(
    "Compartments.swap",
    "race_conditions",
    False,
    """            self.give_back(old)
            self._free[new] -= 1
            return True
""",
    """            self._free[new] -= 1
        self._free[old] += 1
        return True
""",
    "it takes a lock that it holds already, which an RLock allows",
)
ANNOUNCE = Place(
    "announce",
    "error_handling",
    False,
    """    except (OSError, HTTPException) as error:
        raise CarrierError(f"{number}: {error}") from error
""",
    """    except (OSError, HTTPException):
        pass
""",
    "the answer is read and thrown away; what matters, whether it was 2xx, comes as an exception",
)
HEALTH = Place(
    "health",
    "missing_authorization",
    False,
    """        return jsonify(status="ok")
""",
    """        return jsonify(status="ok", waiting=store.parcels())
""",
    "a route without a token that tells nothing",
    """        if request.endpoint == "health":
            return
""",
)
SHOW = Place(
    "show",
    "missing_authorization",
    False,
    """    def show(number: str) -> Response:
        parcel = store.parcel(number)
        if parcel is None or parcel["member"] != g.member:
            abort(404)
""",
    """    def show(number: str) -> Response:
        parcel = store.parcel(number)
        if parcel is None:
            abort(404)
""",
    "no token is looked at here: what runs before every request did that, and the owner is compared",
)

LOCKERS = PullRequest(
    "lockers",
    "Parcel lockers: manifests, compartments, carriers and the members' pages",
    (
        OPEN_MANIFEST,
        WAITING_ONLY,
        NEWCOMERS,
        IMPORT_PARCELS,
        PARCELS_OF,
        YEARLY_TOTALS,
        SEARCH,
        FREE_BY_SIZE,
        ARRIVALS,
        REMINDERS,
        JOURNAL_LINES,
        JOURNAL_NUMBERS,
        STATUS_CACHE,
        DISTRICT,
        TAKE,
        SWAP,
        ANNOUNCE,
        CARRIER_STATUS,
        HEALTH,
        SHOW,
        COLLECTED,
    ),
)
