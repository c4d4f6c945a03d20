"""What many statements have in common: the text of a statement without its values, its comments and its white space."""

from __future__ import annotations

import re

from course_lib.instruments.sql_structure import VALUES, Token, first_texts, is_sign, pieces, structure, tokens

_PSYCOPGS = re.compile(r"%s|%\(\w+\)s")
_LIST = re.compile(r"\(\s*\?(?:\s*,\s*\?)*\s*\)(?:\s*,\s*\(\s*\?(?:\s*,\s*\?)*\s*\))*")
_CONTROL = frozenset(["BEGIN", "COMMIT", "END", "ROLLBACK", "SAVEPOINT", "RELEASE", "START", "PRAGMA", "SET", "SHOW"])
_ASKED_BY_DJANGO = [["SQLITE_VERSION", "("], ["SQLITE_COMPILEOPTION_USED", "("]]  # once a connection


def fingerprint(sql: str) -> str:
    """The statement with one blank between words, every value as `?`, every list of values as `(…)`, no comments."""
    read: list[Token] = []
    blanks: list[str] = []
    blank = ""
    for piece in pieces(_PSYCOPGS.sub("?", sql)):
        if piece.kind in ("space", "comment"):
            blank = " "
        elif piece.kind == "number" and read and is_sign([*read, piece], len(read) - 1):
            read[-1], blank = piece, ""
        else:
            read.append(piece)
            blanks.append(blank)
            blank = ""
    shown = ["?" if token.kind in VALUES else token.text for token in read]
    return _LIST.sub("(…)", "".join(map("".join, zip(blanks, shown, strict=True))).strip())


def same_statement(sql: str) -> str:
    """Equal where statements differ in values, length of a list, comments, white space and letter case alone."""
    parts = (part for part in structure(_PSYCOPGS.sub("?", sql)) if part != "-- comment")
    return _LIST.sub("(…)", " ".join(parts).rstrip("; "))


def is_control(sql: str) -> bool:
    """True for one statement of transaction control or connection set-up; comments before it don't matter."""
    begins = first_texts(sql, 3)
    if begins[:1] == ["SELECT"]:
        return begins[1:] in _ASKED_BY_DJANGO and sql.rstrip("; \t\r\n").endswith(")") and sql.count("(") == 1
    if not _CONTROL.intersection(begins[:1]) or (begins[0] == "START" and begins[1:2] != ["TRANSACTION"]):
        return False
    return ";" not in "".join(token.text for token in tokens(sql) if token.kind != "comment").rstrip(";")


def abridged(statement: str, width: int = 110) -> str:
    """The statement for a line of text: its list of columns left out, cut where it is still too long."""
    short = re.sub(r"^SELECT (?:(?! FROM ).){24,}? FROM ", "SELECT … FROM ", statement)
    return short if len(short) <= width else short[: width - 2] + " …"
