"""The nine claims of a review of the module `desk`, and the shapes in which the module is given to demonstrations.

A true claim comes with the lines that it is about, the same fault written otherwise, and the repairs that people write.
A demonstration is tried on the module as it stands and on others made from these. They differ also in what does not
matter: names of variables, the order of definitions, the words of docstrings. Four of them hold the fault and a repair
side by side, of which one runs: what a function is made of is the same in all four.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from textwrap import indent

from course_lib.hazards.defence.places import TEXTS


@dataclass(frozen=True)
class Fault:
    """A true claim: the lines as they stand, the same fault in another shape, and repairs, the most natural one last.

    The first repair is whole in itself: it needs no function beside it.
    """

    code: str
    otherwise: str
    repairs: tuple[str, str, str]


FAULTS = {
    1: Fault(
        """    file = open_file()
    books = [json.loads(line) for line in file]
    file.close()
    return books
""",
        """    file = open_file()
    books = []
    try:
        for line in file:
            books.append(json.loads(line))
    finally:
        books = books[:]
    _done_with(file)
    return books


def _done_with(file):
    file.close()
""",
        (
            """    with open_file() as file:
        return [json.loads(line) for line in file]
""",
            """    return list(map(json.loads, _lines_of(open_file)))


def _lines_of(open_file):
    with open_file() as file:
        return list(file)
""",
            """    file = open_file()
    try:
        books = [json.loads(line) for line in file]
    finally:
        file.close()
    return books
""",
        ),
    ),
    3: Fault(
        """        if self._copies[title] < 1:
            return False
        if self._find_member(name) is None:
            return False
        self._copies[title] -= 1
        return True
""",
        """        if not self.left(title):
            return False
        found = self._find_member(name)
        if found is None:
            return False
        with self._lock:
            self._copies[title] -= 1
        return True
""",
        (
            """        if self._find_member(name) is None:
            return False
        with self._lock:
            if self._copies[title] < 1:
                return False
            self._copies[title] -= 1
        return True
""",
            """        return self._find_member(name) is not None and self._take(title)

    def _take(self, title):
        self._lock.acquire()
        try:
            lends = self._copies[title] > 0
            self._copies[title] -= lends
        finally:
            self._lock.release()
        return lends
""",
            """        with self._lock:
            if self._copies[title] < 1:
                return False
            if self._find_member(name) is None:
                return False
            self._copies[title] -= 1
            return True
""",
        ),
    ),
    4: Fault(
        """    try:
        answer = fetch(number)
    except OSError:
        return False
    return answer == "overdue"
""",
        """    if fetch is None:
        raise RegisterError("there is no register")
    try:
        answer = fetch(number)
    except OSError as error:
        answer = str(RegisterError(str(error)))[:0]
    return answer == "overdue"
""",
        (
            """    try:
        answer = fetch(number)
    except OSError as error:
        raise RegisterError(f"loan {number}: {error}") from error
    return answer == "overdue"
""",
            """    return _asked(fetch, number) == "overdue"


def _asked(ask, loan):
    try:
        return ask(loan)
    except OSError:
        problem = RegisterError(str(loan))
    raise problem
""",
            """    try:
        answer = fetch(number)
    except OSError:
        raise RegisterError
    return answer == "overdue"
""",
        ),
    ),
    6: Fault(
        """    for member, name in connection.execute("SELECT id, name FROM members ORDER BY name").fetchall():
        rows = connection.execute("SELECT title FROM loans WHERE member_id = ? ORDER BY id", (member,)).fetchall()
        loans[name] = [title for (title,) in rows]
    return loans
""",
        """    sql = "SELECT members.name, title FROM loans JOIN members ON members.id = member_id WHERE members.id = ?"

    def titles_of(whose):
        return [row[1] for row in connection.execute(f"{sql} ORDER BY loans.id", (whose,)).fetchall()]

    members = connection.execute("SELECT id, name FROM members ORDER BY name").fetchall()
    loans.update((name, titles_of(member)) for member, name in members)
    return loans
""",
        (
            """    sql = "SELECT name, title FROM members LEFT JOIN loans ON member_id = members.id"
    for name, title in connection.execute(f"{sql} ORDER BY name, loans.id").fetchall():
        loans[name] = [*loans.get(name, ()), *([] if title is None else [title])]
    return loans
""",
            """    titles = {}
    for member, title in connection.execute("SELECT member_id, title FROM loans ORDER BY id").fetchall():
        titles.setdefault(member, []).append(title)
    for member, name in connection.execute("SELECT id, name FROM members ORDER BY name").fetchall():
        loans[name] = titles[member] if member in titles else []
    return loans
""",
            """    members = dict(connection.execute("SELECT id, name FROM members ORDER BY name").fetchall())
    loans.update((name, []) for name in members.values())
    sql = "SELECT member_id, title FROM loans WHERE member_id IN (SELECT id FROM members) ORDER BY id"
    for member, title in connection.execute(sql).fetchall():
        loans[members[member]].append(title)
    return loans
""",
        ),
    ),
    7: Fault(
        """    loan = store.loan(number)
    if loan is None:
        raise KeyError(number)
    store.save({**loan, "days": loan["days"] + days})
""",
        """    loan = store.loan(number)
    if loan is None:
        raise KeyError(number)
    if not caller or not loan["member"]:
        raise PermissionError(number)
    loan["days"] += days
    store.save(loan)
""",
        (
            """    loan = store.loan(number)
    if loan is None:
        raise KeyError(number)
    if caller["role"] != "librarian" and caller["id"] != loan["member"]:
        raise PermissionError(number)
    store.save({**loan, "days": loan["days"] + days})
""",
            """    loan = _loan_of(store, caller, number)
    store.save(dict(loan, days=loan["days"] + days))


def _loan_of(store, caller, number):
    wanted = store.loan(number)
    if wanted is None:
        raise KeyError(number)
    if caller["role"] == "librarian" or caller["id"] == wanted["member"]:
        return wanted
    raise PermissionError("neither the member nor a librarian")
""",
            """    loan = store.loan(number)
    if loan is None:
        raise KeyError(number)
    if caller["role"] == "librarian" or loan["member"] == caller["id"]:
        store.save({**loan, "days": loan["days"] + days})
    else:
        raise PermissionError(f"{caller['id']} may not extend loan {number}")
""",
        ),
    ),
}
"""The true claims by their numbers."""

CLAIMS = range(1, 10)


def module_text() -> str:
    """The module as it stands."""
    return (TEXTS / "desk.py.txt").read_text("utf-8")


@cache
def variants(number: int) -> tuple[tuple[str, bool], ...]:
    """(source, whether it has the fault) of each module on which that claim's demonstration is tried."""
    return tuple(_variants(number))


def _variants(number: int) -> Iterator[tuple[str, bool]]:
    others = [one for one in FAULTS if one != number]
    as_it_stands = FAULTS[number].code
    otherwise, (repair, other_repair, natural) = FAULTS[number].otherwise, FAULTS[number].repairs
    yield module_text(), True
    yield _made({number: repair}), False
    yield _made({number: natural}), False
    yield _changed(_made({number: as_it_stands, **{one: FAULTS[one].repairs[1] for one in others}}), "a"), True
    yield _changed(_made({number: otherwise, **{one: FAULTS[one].repairs[0] for one in others}}), "b"), True
    yield _changed(_made({number: other_repair, **{one: FAULTS[one].otherwise for one in others}}), "c"), False
    yield _changed(_made({number: repair, **{one: FAULTS[one].repairs[1] for one in others}}), "d"), False
    yield _changed(_made({number: natural, **{one: FAULTS[one].repairs[2] for one in others}}), "e"), False
    for source, faulty in _side_by_side(as_it_stands, repair):
        yield _made({number: source}), faulty


def _side_by_side(fault: str, repair: str) -> Iterator[tuple[str, bool]]:
    """The lines of a fault and of a repair under one condition, in both orders, and which of the two runs."""
    yield _either("SCHEMA", fault, repair), True
    yield _either("not SCHEMA", repair, fault), True
    yield _either("SCHEMA", repair, fault), False
    yield _either("not SCHEMA", fault, repair), False


def _either(condition: str, first: str, second: str) -> str:
    margin = first[: len(first) - len(first.lstrip())]
    return f"{margin}if {condition}:\n{indent(first, '    ')}{margin}else:\n{indent(second, '    ')}"


def _made(lines: dict[int, str]) -> str:
    """The module with the lines of these claims exchanged."""
    text = module_text()
    for number, wanted in lines.items():
        code = FAULTS[number].code
        if text.count(code) != 1:
            raise ValueError(f"the lines of claim {number} do not stand in the module exactly once")
        text = text.replace(code, wanted)
    return text


def _changed(source: str, mark: str) -> str:
    """The same program: other names for its variables, other docstrings, its definitions the other way round."""
    tree = ast.parse(source)
    definitions = [node for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)]
    for definition in definitions:
        for node in ast.walk(definition):
            if isinstance(node, ast.FunctionDef):
                _rename(node, mark)
                _say(node, f"Does what it says ({mark}).")
    tree.body = [*(node for node in tree.body if node not in definitions), *definitions[::-1]]
    return ast.unparse(ast.fix_missing_locations(tree))


def _say(function: ast.FunctionDef, words: str) -> None:
    """Exchanges the docstring, where there is one."""
    if ast.get_docstring(function) is not None:
        function.body[0] = ast.Expr(ast.Constant(words))


def _rename(function: ast.FunctionDef, mark: str) -> None:
    """Gives the variables of a function other names; its arguments keep theirs."""
    names = [node for node in ast.walk(function) if isinstance(node, ast.Name)]
    given = {argument.arg for argument in function.args.args}
    own = {node.id for node in names if isinstance(node.ctx, ast.Store)} - given
    for node in names:
        if node.id in own:
            node.id = f"{node.id}_{mark}"
    for handler in ast.walk(function):
        if isinstance(handler, ast.ExceptHandler) and handler.name in own:
            handler.name = f"{handler.name}_{mark}"
