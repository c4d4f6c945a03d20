"""Users, tokens, private data and documents: the store that hazard 8's Flask apps are built on.

`open_accounts` gives two views of the same rows. The **store** is all that an app is handed: six calls,
each of which answers from the rows as they are at that moment and hands out copies, so that changing an
answer changes nothing. The **keeper** is the world outside the app: it revokes a token, moves a document to
another owner, and reads the journal of everything the app asked for and changed. The rows live in neither
object, so an app that holds the store cannot reach them, or the journal, by an attribute.

What it is not: a database. Nothing is written to disk, and one thread at a time is assumed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

Document = dict[str, Any]
"""`id`, `owner` (a user's id), `title` and `body`, all strings."""


@dataclass(unsafe_hash=True)
class User:
    """Somebody with a valid token; `role` is "member" or "admin". Each answer is a new object, free to be
    changed.
    """

    id: str
    role: str


class Entry(NamedTuple):
    """One call of the store: `before` and `after` are the row it touched, both None where it only read."""

    operation: str
    key: str
    before: Document | None = None
    after: Document | None = None


@dataclass(frozen=True, slots=True, repr=False)
class AccountStore:
    """What an app is given. It decides nothing about who may see what: that is the app's work."""

    user_for_token: Callable[[str], User | None]
    """The user whose token this is now, or None: unknown and revoked tokens look alike."""

    get_user_data: Callable[[str], dict[str, Any] | None]
    """A user's private data (a dict, maybe empty), or None where there is none."""

    documents: Callable[[], list[Document]]
    """Every document of every owner."""

    get_document: Callable[[str], Document | None]
    """The document with that id, or None."""

    save_document: Callable[[Document], None]
    """Stores the whole document under its `id`; ValueError without one, TypeError for what is not plain."""

    delete_document: Callable[[str], None]
    """Removes the document with that id; nothing happens where there is none."""


@dataclass(slots=True)
class _Rows:
    users: dict[str, str] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)
    data: dict[str, dict[str, Any] | None] = field(default_factory=dict)
    documents: dict[str, Document] = field(default_factory=dict)
    journal: list[Entry] = field(default_factory=list)

    def note(self, operation: str, key: Any, before: Document | None = None, after: Document | None = None) -> None:
        shown = key if type(key) is str else f"<{type(key).__name__}>"
        self.journal.append(Entry(operation, shown, before, after))


class Keeper:
    """The world outside the app: changes the rows behind its back and reads the journal."""

    __slots__ = ("_rows",)

    def __init__(self, rows: _Rows) -> None:
        self._rows = rows

    def add_user(self, user_id: str, role: str = "member") -> None:
        """From now on there is such a user, or an existing one has that role."""
        self._rows.users[user_id] = role

    def issue(self, token: str, user_id: str) -> None:
        """From now on the token is that user's."""
        self._rows.tokens[token] = user_id

    def revoke(self, token: str) -> None:
        """From now on the token is nobody's."""
        self._rows.tokens.pop(token, None)

    def put_data(self, user_id: str, data: dict[str, Any] | None) -> None:
        """From now on that is the user's private data; None: there is none."""
        self._rows.data[user_id] = _copy(data)

    def put_document(self, document: Document) -> None:
        """From now on the document stands like this; another `owner` moves it."""
        self._rows.documents[document["id"]] = _copy(document)

    def remove_document(self, document_id: str) -> None:
        """From now on there is no such document."""
        self._rows.documents.pop(document_id, None)

    def rows(self) -> dict[str, Document]:
        """A copy of all documents by id, which is all that an app can change."""
        copy: dict[str, Document] = _copy(self._rows.documents)
        return copy

    def holds(self, rows: Mapping[str, Document]) -> bool:
        """Whether these are all the documents as they are now."""
        return self._rows.documents == rows

    def journal(self) -> list[Entry]:
        """Every call of the store so far, in order."""
        return list(self._rows.journal)


def open_accounts(
    users: Mapping[str, str],
    tokens: Mapping[str, str],
    data: Mapping[str, dict[str, Any] | None] | None = None,
    documents: Iterable[Document] = (),
) -> tuple[AccountStore, Keeper]:
    """A fresh store and its keeper: `users` maps id to role, `tokens` and `data` are by token and by user."""
    rows = _Rows()
    keeper = Keeper(rows)
    for user_id, role in users.items():
        keeper.add_user(user_id, role)
    for token, user_id in tokens.items():
        keeper.issue(token, user_id)
    for user_id, private in (data or {}).items():
        keeper.put_data(user_id, private)
    for document in documents:
        keeper.put_document(document)
    return _store_over(rows), keeper


def example_accounts() -> tuple[AccountStore, Keeper]:
    """A small office: the members ada and ben, the administrator root, and three documents."""
    return open_accounts(
        users={"ada": "member", "ben": "member", "root": "admin"},
        tokens={"ada-token": "ada", "ben-token": "ben", "root-token": "root"},
        data={
            "ada": {"email": "ada@office.example", "salary": 61_000},
            "ben": {"email": "ben@office.example", "salary": 58_500},
        },
        documents=[
            {
                "id": "1",
                "owner": "ada",
                "title": "Notice of resignation",
                "body": "I leave at the end of May.",
            },
            {"id": "2", "owner": "ben", "title": "Shopping", "body": "Milk, bread, coffee."},
            {"id": "3", "owner": "ada", "title": "Offer", "body": "They pay 74,000."},
        ],
    )


def numbered_accounts(members: int = 4) -> tuple[AccountStore, Keeper]:
    """Members with the ids 101, 102, ... and the administrator 100; the token of 101 is "token-101"."""
    names = ("Rita", "Ada", "Ben", "Cleo", "Dev", "Eve", "Finn", "Gwen")
    ids = [str(100 + number) for number in range(members + 1)]
    data = {
        each: {
            "name": names[(int(each) - 100) % 8],
            "email": f"{each}@office.example",
            "salary": 41_000 + 137 * int(each),
        }
        for each in ids
    }
    roles = {each: "admin" if each == "100" else "member" for each in ids}
    return open_accounts(roles, {f"token-{each}": each for each in ids}, data)


def _store_over(rows: _Rows) -> AccountStore:
    """The six calls, as closures over the rows."""

    def user_for_token(token: str) -> User | None:
        rows.note("user_for_token", token)
        user_id = rows.tokens.get(token) if isinstance(token, str) else None
        return User(user_id, rows.users[user_id]) if user_id in rows.users else None

    def get_user_data(user_id: str) -> dict[str, Any] | None:
        rows.note("get_user_data", user_id)
        found: dict[str, Any] | None = _copy(rows.data.get(user_id)) if isinstance(user_id, str) else None
        return found

    def documents() -> list[Document]:
        rows.note("documents", "")
        return [_copy(document) for document in rows.documents.values()]

    def get_document(document_id: str) -> Document | None:
        rows.note("get_document", document_id)
        found: Document | None = _copy(rows.documents.get(document_id)) if isinstance(document_id, str) else None
        return found

    def save_document(document: Document) -> None:
        kept = _copy(document)
        if type(kept) is not dict or type(kept.get("id")) is not str:
            raise ValueError("a document is a dict whose id is a string")
        rows.note("save_document", kept["id"], rows.documents.get(kept["id"]), kept)
        rows.documents[kept["id"]] = kept

    def delete_document(document_id: str) -> None:
        known = isinstance(document_id, str) and document_id in rows.documents
        rows.note("delete_document", document_id, rows.documents.pop(document_id) if known else None)

    return AccountStore(user_for_token, get_user_data, documents, get_document, save_document, delete_document)


_LEAVES = (str, int, float, bool, type(None))


def _copy(value: Any) -> Any:
    """The same plain data in new containers; TypeError for anything that a database could not keep."""
    if type(value) in _LEAVES:
        return value
    if isinstance(value, dict):  # leaves are told here, too: every request copies every row
        return {
            key if type(key) in _LEAVES else _copy(key): item if type(item) in _LEAVES else _copy(item)
            for key, item in value.items()
        }
    if isinstance(value, list | tuple):
        return [_copy(item) for item in value]
    if isinstance(value, str):
        return str(value)
    raise TypeError(f"the store keeps plain data, not {type(value).__name__}")
