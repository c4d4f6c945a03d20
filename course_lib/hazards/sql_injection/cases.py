"""What the graders of hazard 7 send: rows, values, and the answers that the contract promises, worked out in Python.

Nothing here asks a database: `orders_of` and `orders_with` read the promise off the rows themselves.
"""

from __future__ import annotations

import re
import string
from collections.abc import Callable, Iterable
from random import Random
from typing import Any

from course_lib.hazards import families
from course_lib.instruments.injection.trials import MARK, name_attacks, number_attacks, text_attacks

Row = tuple[int, int, str, float, str, "str | None"]
Answer = tuple[int, int, str, float]

BIG, BIGGEST, SMALLEST = 2**53, 2**63 - 1, -(2**63)
BOTH_QUOTES = f"x\" y' OR 1=1 -- {MARK}"  # Python's repr puts a backslash before the second, which SQLite doesn't read
TEXT_ATTACKS = (*text_attacks().values(), BOTH_QUOTES)
NUMBER_ATTACKS = tuple(number_attacks().values())

# One value a line would be five screens.
# fmt: off
# What a statement's text is often filled in at: who fills in one value after the other fills in the first one too.
_BLANKS = (
    ":X", "@X", "$X", "${X}", "{X}", "{{X}}", "{{ X }}", "%(X)s", "%X%", "<X>", "[X]", "#X#", "__X__", "?X", "<%= X %>",
)
_BLANK_NAMES = (
    "user_id", "user", "uid", "id", "status", "state", "total", "text", "term", "note", "pattern", "sort_by", "column",
    "order", "order_by", "direction", "where", "value", "query", "1", "0",
)
BLANKS = tuple(" ".join(blank.replace("X", name) for name in _BLANK_NAMES) for blank in _BLANKS)
BETWEEN_QUOTES = f" OR 1=1 -- {MARK}"  # acts where its own quotes end those of the value that it was filled into
USERS = (7, 8, 77, 70, 0, -7, 10, 1, BIG, BIG + 1, BIGGEST, SMALLEST)
PLAIN_STATUSES = ("paid", "open", "shipped")
ODD_STATUSES = (
    "", "Paid", "PAID", "paid ", " paid", "pai", "p%", "p_id", "%", "_", "O'Brien", "it''s", "'", "''", '"', 'a "b" c',
    "\\", "a\\", "back\\slash", "naïve", "naive", "NAÏVE", "pai\u0301d", "İ", "ß", "ss", "SS", "未発送", "🚚", "\uff5e",
    "1", "1.0", "01", "1e0", "0x1", "NULL", "None", "true", "status", "id", "user_id", "total", "orders", "paid\n",
    "?", "?1", ":status", "@status", "$status", ":1", "%s", "%(status)s", "{}", "{status}", "{0}", "%%", "{{}}", "#",
    "--", "/*", "*/", ";", "a;b", "a--b", "`", "[a]", "a\tb", "a\r\nb", "\ufeffpaid", "\U0010ffff", "\x1b", "\\'",
    "%70aid", "open%20", "sh+ipped", "&#112;aid", "&lt;", "\\u0070aid", "\\x41", "=70aid", "%C3%AF",
    "select", "DROP shipped", "select * from orders", "or", "1=1", "OR 1=1", "union", "x'41'", "char(39)", "' '",
    "all", "All", "any", "every", "none", "default", "-", *BLANKS,
)
READABLE_IDS: tuple[Any, ...] = (
    "7", " 7", "7 ", "7\n", "+7", "-7", "007", "7.0", "7e0", "70e-1", "7.", "0_7", "٧", "７", 7.0, -7.0, 0.0, -0.0,
    "0", "-0", "12345", str(BIG), str(BIG + 1), str(BIGGEST), str(SMALLEST), str(BIGGEST + 1),
    "1" + "0" * 30, "-" + "9" * 400, 2.0**63, -1e300,
)
NO_IDS: tuple[Any, ...] = (
    None, 7.5, 6.999, -0.5, float("nan"), float("inf"), float("-inf"), "", " ", "abc", "7.5", "7,8", "7 8", "7abc",
    "7;", "7--", "7/**/", "0x7", "0b111", "0o7", "7L", "seven", "None", "NULL", "true", "nan", "inf", "−7", "²", "Ⅶ",
    "%", "_", "*", "7%", "?", ":user_id", "{}", "%s", "7\u20287 ", "🚚", "é" * 10_000, "--7", "+-7", "1e400",
    "-1e999", "1" * 5000,  # int() refuses more than 4,300 digits, SQLite's REAL ends at 1.8e308
)
HOSTILE_IDS: tuple[str, ...] = (
    *NUMBER_ATTACKS, *(value.replace("0", "7", 1) for value in NUMBER_ATTACKS if value[0] == "0"), *TEXT_ATTACKS,
    "user_id", "id", "rowid", "7 OR 1", "7 or user_id", "7=7", "user_id--", "(7)", "7 + 1", "-1 OR id > 0", "1=1",
    "NOT 0", "7 OR '1'='1", "7' OR '1'='1", '7" OR "1"="1', "(SELECT 7)", "CAST('7' AS INT)", "x'37'", "7) OR (1=1",
    "coalesce(user_id, 7)", "7 COLLATE NOCASE", "7 UNION SELECT * FROM customers", "'7'", '"7"',
)
# U+FFFD to U+FFFF are left out: SQLite's LIKE takes the last two for the first.
PUNCTUATION = string.punctuation + "\x1b\x01\x02\x1a\x1e\x1f\x7f\x80\xa0§¬\u2028\ue000\uf8ff\ufdd0"
_BETWEEN_WORDS = (
    " and ", " AND ", " or ", " OR ", " not ", " NOT ", " NEAR ", " | ", "|", "||", "&", " && ", ",", ", ", ";", "+",
    " +", " -", "*", "?", "~", "..", "...", ":", "^", "/", "\t", "  ", "\n",
)
# Texts that a language for searches reads in another way than letter by letter.
SEARCHES = (
    *(f"silk{between}wool" for between in _BETWEEN_WORDS), "-silk", "!silk", "+silk", "=silk", ">silk", "^silk",
    "silk$", "silk*", "*silk", "silk~", "silk^2", '"silk"', '"silk wool"', "'silk'", "(silk)", "/silk/", "#silk",
    "@silk", "note:silk", "status:paid", "user:7", "id:7", "total>5",
)
NOTES: tuple[str | None, ...] = (
    None, "", "plain", "Leave at the Door", "leave", "DOOR", "100% wool", "100 wool", "1000 wool", "size_L", "size L",
    "wool 100%", "sizeXL", "C:\\orders", "C:orders", "gift for O'Brien", "O''Brien", 'the "blue" one', "CAFÉ",
    "café", "cafe\u0301", "STRASSE", "Straße", "straSSe", "K", "k", "\u212a", "\u212b", "å", "Å", "ſ", "s",
    "İstanbul", "istanbul", "ISTANBUL", "ıstanbul", "ΣΑΣ", "σας", "σασ", "ﬃ", "ffi", "ǅ", "未発送の荷物", "🚚 vite",
    "Ａ", "two\nlines", "tab\there", "line\r\nend", "\ufeffbom", "\u200b", " lead", "trail ", "\U0010ffff", "a.*b",
    "a+b", "xy", "xXy", "x y", "xx", "xyy", "x%%y", "x__y", "x\\\\y", "x\\%y", "x''y", "select", "DROP TABLE orders",
    "a -- b", "a;b", "?", ":text", "%s", "{}", "{text}", "%(text)s", "[a-z]", "[", "]", "%41BC", "&lt;b&gt;", "\\u0041",
    *BLANKS, *SEARCHES, "wool, silk", "silk", "wool",
)
PLAIN_TEXTS = ("", "plain", "door", "Door", "leave", "wool", "nowhere to be found", "e", "two\nlines", " ", "🚚", "発")
LITERAL_TEXTS = (
    "%", "_", "\\", "%%", "__", "\\\\", "\\%", "100%", "100% wool", "size_l", "e_L", "C:\\orders", "a.*b", ".*", "a+b",
    "^", "$", "[a-z]", "[a]", "[", "]", "*", "?y", "o'brien", "'", "''", '"', 'the "', "?", ":text", "%s", "{}",
    "{text}", "%(text)s", "--", "a -- b", ";", "a;b", "lead", " lead", "trail ", "\t", "\r\n", "\ufeff", "\u200b",
    "\U0010ffff", "%41", "&lt;", "\\u0041", "select", "drop table", "null", "none", "all", f"%' OR 1=1 -- {MARK}",
    "%' OR '1'='1", "%%' --", *BLANKS, *SEARCHES,
    f"%' UNION SELECT user_id, user_id, card, 0 FROM customers -- {MARK}",  # noqa: S608  # it is the attack
)
# What a note that is missing is often shown as; it is found by none of them.
FOR_NOTHING = (
    *PUNCTUATION, "---", "n/a", "N/A", "na", "nil", "nan", "no note", "no notes", "unknown", "missing", "empty",
    "blank", "undefined", "(none)", "(null)", "<null>", "(empty)", "–", "—", "…", "tbd", "no", "not given",
)
CASE_TEXTS = (
    "CAFÉ", "café", "caf", "É", "é", "e\u0301", "straße", "STRASSE", "ss", "SS", "ß", "k", "K", "\u212a", "s", "S", "ſ",
    "İ", "i", "I", "ı", "i\u0307", "istanbul", "ISTANBUL", "Å", "å", "\u212b", "σας", "ΣΑΣ", "σασ", "ς", "ffi", "ﬃ",
    "FFI", "ǅ", "ǆ", "Ǆ", "Ａ", "ａ", "dOoR", "LEAVE AT",
)
HOSTILE_TEXTS = (*TEXT_ATTACKS, "note", "id", "' || note || '", "') OR 1=1 OR ('", "\\' --")
REFUSED_COLUMNS = (
    "", " ", "ID", "Id", "id ", " id", "id\n", "total\n", "rowid", "_rowid_", "oid", "note", "user_id", "1", "id DESC",
    "id desc", "total ASC", "id, total", "id;", "id--", "-id", "+id", "(id)", "id COLLATE NOCASE", "orders.id", '"id"',
    "'id'", "`id`", "[id]", "ıd", "İd", "TOTAL", "Status", "CREATED_AT", "createdat", "created", "created_at ", "i",
    "created-at", "created at", "createdAt", "created__at", "_created_at", "created_at_", "created.at", "createdAT",
    "d", "total/1", "tot\u0430l", "id\x0b", "\ufeffid", "id\u200b", "\uff49\uff44", "RANDOM()", "random()", "NULL",
    "None", "__class__", "get", "keys", "idtotal", "id total", "id,total,status,created_at", "status'", "0", "4",
    "id" * 5_000, "statuses", "descending", *name_attacks().values(), *TEXT_ATTACKS,
    # a direction in the name, as other interfaces have it
    "total:desc", "id:asc", "status.desc", "created_at,desc", "total_desc", "id_asc", "status|desc", "created_at/desc",
    "total=desc", "!id", "~total", "status[desc]", "desc(created_at)", "total-desc", "created_atDesc", "byTotal",
    # a name cut, lengthened or looked up
    "ids", "totals", "created", "total ", "status ", " created_at", "id\0", "total\0x", "status\r", "created_at\t",
    "tot", "stat", "create", "total_", "id.", "status,", "total;", "created_at\\",
    # other words for the same columns
    "order_id", "order", "number", "no", "pk", "key", "_id", "uuid", "amount", "price", "sum", "cost", "value",
    "total_price", "grand_total", "subtotal", "state", "stage", "date", "time", "timestamp", "datetime", "created_on",
    "created_date", "order_date", "updated_at", "ts", "day", "when", "newest", "latest", "oldest", "recent",
    "relevance", "default", "none", "null", "asc", "desc", "true", "name", "title", "user", "customer", "notes", "text",
)
# fmt: on

_NO_DATES = ("", "9", "10", "soon", "2026-1-9", "10.01.2026", "Jan 5", "2026-01-10T25:00:00", "é")

LONG = "".join(chr(0x61 + (i * i + i // 7) % 26) for i in range(9_990)) + "O'B%_\\\"--;"
LONG_WIDE = "".join(chr(0x1F300 + (i * i + i // 11) % 512) for i in range(10_000))
LONG_WILD = "".join("%_\\'"[(i * i + i // 5 + i // 3) % 4] for i in range(10_000))
UNKNOWN_STATUSES = ("paiD", "%aid", "paid'", "unknown", "pa\\id", "paid\x01", "nai\u0308ve", "*", "p*", "0", LONG[:-1])
EVERY_SIGN = "".join(map(chr, range(0x01, 0x300)))
EVERY_PRIVATE_SIGN = "".join(map(chr, range(0xE000, 0xF900)))
"""In the first stands each sign of ASCII and Latin, in the second each of private use: none is left to escape with."""

LONG_TEXTS = (
    LONG,
    LONG.swapcase(),
    LONG_WIDE,
    LONG_WILD,
    LONG[:-1] + "!",
    LONG_WIDE[:-1] + "x",
    EVERY_SIGN,
    EVERY_PRIVATE_SIGN,
    string.punctuation,
)


WHOLE_NUMBERS = tuple(families.whole_numbers())
NUMBERS_AS_TEXT = tuple(families.texts("77"))
STATUS_FAMILY, UNKNOWN_FAMILY = tuple(families.texts("Paid")), tuple(families.texts("Due", 300))
NOTE_FAMILY = tuple(families.texts("Wool"))
COLUMN_FAMILY = tuple(name for word in ("id", "Total") for name in families.texts(word, 300))


_SPELLINGS = (
    "", " ", "T00:00:00", " 00:00:00", "T00:00", "T00:00:00Z", "T00:00:00z", "T00:00:00+00:00", "T00:00:00.5",
    "T00:00:01", "T01:00:00", "T01:00:00+05:00", "T01:00:00-05:00", "T10:00:00", "T9:00:00",
)  # fmt: skip
MOMENTS = (*(f"{day}{rest}" for day in ("2026-01-10", "2026-01-09", "2026-02-01") for rest in _SPELLINGS), *_NO_DATES)
"""Moments, which are texts and sort as such: by whatever part of them, or as dates, they sort in another way."""


def user_rows() -> list[Row]:
    """Orders of several users: whatever user 7 has, user 8 has too, so a row too many is seen."""
    owned = [(user, status) for status in (*PLAIN_STATUSES, *ODD_STATUSES, *TEXT_ATTACKS) for user in (8, 7)]
    return _with_statuses(owned + [(user, status) for user in USERS for status in ("paid", "open", "paid")])


def number_rows() -> list[Row]:
    """One order of each user whose number is easily mistaken for another."""
    return _with_statuses([(user, "paid") for user in WHOLE_NUMBERS])


def total_rows() -> list[Row]:
    """Orders of one user whose numbers must come back to the last digit, and are sorted by it: ids and totals."""
    totals = [*families.fractions(), *families.whole_numbers(), 1e22, -1e300]
    others = range(5000, 5000 + len(totals) - len(WHOLE_NUMBERS))
    ids = Random(17).sample([*WHOLE_NUMBERS, *others], len(totals))
    return [(ids[n], 7, "paid", total, _moment(n), "plain") for n, total in enumerate(totals)]


def status_rows() -> list[Row]:
    """Two users with an order in each status of a family of texts."""
    return _with_statuses([(user, status) for status in STATUS_FAMILY for user in (8, 7)])


def long_user_rows() -> list[Row]:
    """A few orders with statuses as long as a text may be."""
    return _with_statuses([(user, status) for status in ("paid", LONG, LONG_WIDE, LONG_WILD) for user in (8, 7)])


def _with_statuses(owned: list[tuple[int, str]]) -> list[Row]:
    return [
        (1 + number * 101 % 1009, user, status, _amount(number), _moment(number), None)
        for number, (user, status) in enumerate(owned)
    ]


def many_rows() -> list[Row]:
    """Two and a half thousand orders of one user, with the same note."""
    return [
        (1 + number * 101 % 2503, 3, PLAIN_STATUSES[number % 3], _amount(number), _moment(number), "plain")
        for number in range(2500)
    ]


def note_rows() -> list[Row]:
    """Orders whose notes hold every trap of a search; statuses, totals and moments tie often."""
    marks, embedded = (f"x{mark}y" for mark in PUNCTUATION), (f"pre {value} post" for value in TEXT_ATTACKS)
    return _with_notes((*NOTES, *marks, *TEXT_ATTACKS, *embedded))


def note_family_rows() -> list[Row]:
    """Orders whose notes, and statuses, are neighbours of one another; each note stands alone and inside another."""
    short = [note for note in NOTE_FAMILY if len(note) < 100]
    notes = [*NOTE_FAMILY, *(f"<{note}>" for note in short)]
    rows = _with_notes(tuple(notes))
    statuses = [status for status in STATUS_FAMILY if len(status) < 100]
    return [(*row[:2], statuses[n * 7 % len(statuses)], *row[3:]) for n, row in enumerate(rows)]


def long_note_rows() -> list[Row]:
    """A few orders with notes as long as a text may be, and longer."""
    signs = (f"a{signs}b" for signs in (EVERY_SIGN, EVERY_SIGN.replace("%", "&"), EVERY_PRIVATE_SIGN))
    return _with_notes((None, "plain", LONG, "x" + LONG_WIDE, LONG_WILD, LONG.upper(), *signs))


def _with_notes(notes: tuple[str | None, ...]) -> list[Row]:
    statuses = (*PLAIN_STATUSES, "Paid", "", "éa", "z", "\uff5e", "🚚", "a b", "Z")
    return [
        (1 + number * 89 % 997, 1 + number % 5, statuses[number * 5 % 11], _amount(number), _moment(number), note)
        for number, note in enumerate(notes)
    ]


def _amount(number: int) -> float:
    return (number * 37) % 23 - 4 + (0.5 if number % 3 == 0 else 0)


def _moment(number: int) -> str:
    return MOMENTS[number * 7 % len(MOMENTS)]


def orders_of(rows: Iterable[Row], user_id: int, status: str | None = None) -> list[Answer]:
    """What `get_user_orders` promises for an integer."""
    return sorted(row[:4] for row in rows if row[1] == user_id and status in (None, row[2]))


_NUMBER = re.compile(r"[ \t\n\v\f\r]*([+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)[ \t\n\v\f\r]*")


def readings_of(user_id: Any) -> set[int]:
    """The integers that a user id can be read as: by itself, by `int()`, by SQLite's rules for numbers in text.

    Beyond 64 bits nobody has an order; that the driver raises OverflowError there is the submission's to prevent.
    """
    if isinstance(user_id, str):
        try:
            return {int(user_id)}
        except ValueError:
            match = _NUMBER.fullmatch(user_id)
            user_id = float(match[1]) if match else None
    if isinstance(user_id, float):
        return {int(user_id)} if user_id.is_integer() else set()
    return {user_id} if isinstance(user_id, int) else set()


_FOLD = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)
COLUMNS: dict[str, Callable[[Row], Any]] = {
    "id": lambda row: row[0],
    "total": lambda row: row[3],
    "status": lambda row: row[2],  # code points sort as their UTF-8 bytes do
    "created_at": lambda row: row[4],
}


def orders_with(rows: Iterable[Row], text: str, sort_by: str = "id", descending: bool = False) -> list[Answer]:
    """What `search_orders` promises for one of the four columns."""
    wanted = text.translate(_FOLD)
    found = sorted(row for row in rows if row[5] is not None and wanted in row[5].translate(_FOLD))
    found.sort(key=COLUMNS[sort_by], reverse=descending)  # stable: ties stay in the order of ids
    return [row[:4] for row in found]
