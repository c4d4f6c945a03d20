"""What the owner of a document may send with PUT, and what each of it may come to."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from course_lib.hazards import families
from course_lib.hazards.missing_authorization.site import Body
from course_lib.instruments.access.tricks import ODD_BODIES

LARGE = 64_000
"""From so many bytes on, an app may also refuse a body for its size."""


TEXTS = families.texts("Ren\u00e9e", longest=2_000)
"""What a title or a body may be; each comes back as it was sent."""


CONTROLS = "".join(map(chr, range(0x20))) + "\x7f\x80\x85\x9f\xad\u2028\u2029\u200e\ufeff\ufffe"
"""Every control character of ASCII, some of those beyond, and what else nobody sees."""


def content(changes: dict[str, Any], note: str = "", **extra: Any) -> Body:
    """An object with these texts. Further keys change nothing: they are ignored, or refused with 400."""
    sent = json.dumps({**changes, **extra}).encode()
    return Body(sent, (changes,), (400,) if extra else (), note=note)


def unescaped(changes: dict[str, Any]) -> Body:
    """An object with these texts, whose letters beyond ASCII are sent as UTF-8."""
    return Body(json.dumps(changes, ensure_ascii=False).encode(), (changes,), ())


def unreadable() -> list[Body]:
    """Bodies that are no object of texts: nothing can come of them but a refusal."""
    bodies = [Body(body, (), (400, 413) if len(body) > LARGE else (400,), note=note) for note, body in ODD_BODIES]
    wrongs: tuple[Any, ...] = (None, 7, True, 1.5, [], {}, ["a"])
    for wrong in wrongs:
        for name, sent in (("title", {"title": wrong, "body": "b"}), ("body", {"title": "a", "body": wrong})):
            bodies.append(Body(json.dumps(sent).encode(), (), (400,), note=f"{name} {wrong!r}"))
    return [*bodies, Body(b'{"title": NaN}', (), (400,), note="NaN for a title")]


def some_unreadable() -> list[Body]:
    """Every third of them: those of one kind stand side by side."""
    return unreadable()[::3]


def no_changes() -> list[Body]:
    """Objects that change nothing, whoever may send them."""
    misspelt: dict[str, Any] = {"Title": "x", "BODY": "y", "title ": "z", " body": "z", "tit\u0131e": ""}
    return [
        content({}, "an empty object"),
        content({}, "other keys alone", owner="u~otto"),
        content({}, "its keys in other letters", **misspelt),
    ]


def bodies() -> Iterator[Body]:
    """Every body that the owner sends, the plainest first."""
    both = {"title": " New \u2603 <b>&amp;</b> ", "body": '\t"Text"\r\n\n'}
    yield content(both, "title and body")
    yield content({"title": "T"}, "title alone")
    yield content({"body": "B"}, "body alone")
    yield content({"title": "", "body": ""}, "empty texts")
    empty, *others = no_changes()
    yield empty
    yield content(both, "its own text again")
    yield content({"title": "Other"}, "other keys too", id="2", owner="u~otto", role="admin", created=[1, {"a": None}])
    yield from others
    for one, other in zip(TEXTS[::2], TEXTS[1::2], strict=False):
        yield unescaped({"title": one, "body": other})
    yield content({"title": f"a{CONTROLS}b", "body": CONTROLS}, "control characters")
    for kind in (
        None,
        *["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "application/xml", "x"],
    ):
        changes = {"title": f"as {kind}"}
        yield Body(json.dumps(changes).encode(), (changes,), (400,), kind, f"Content-Type {kind}")
    for body in unreadable():
        yield body
    for body in some_unreadable():
        yield Body(body.content, (), body.refusals, "text/plain", f"{body.note} as plain text")
    yield Body(b"title=x&body=y", (), (400,), "application/x-www-form-urlencoded", "a form")
    yield from _loose()


def _loose() -> Iterator[Body]:
    """Bodies that the contract leaves open: read or refused, but never half done."""
    deep = b'{"title": "deep", "x": ' + b"[" * 400 + b"]" * 400 + b"}"
    found: list[tuple[str, bytes, tuple[str, ...]]] = [
        ("the same key twice", b'{"title": "first", "title": "second"}', ("first", "second")),
        ("a byte that is no UTF-8", b'{"title": "\xff"}', ("\ufffd", "\u00ff", "\udcff", "")),
        ("half a surrogate pair", b'{"title": "\\ud800"}', ("\ud800", "\ufffd", "?")),
        ("a byte order mark", b'\xef\xbb\xbf{"title": "marked"}', ("marked",)),
        ("UTF-16", '{"title": "wide"}'.encode("utf-16"), ("wide",)),
        ("NaN under another key", b'{"title": "nan", "x": NaN}', ("nan",)),
        ("a long number under another key", b'{"title": "long", "x": ' + b"7" * 6_000 + b"}", ("long",)),
        ("lists 400 deep under another key", deep, ("deep",)),
        ("lists 20,000 deep under another key", deep.replace(b"[" * 400, b"[" * 20_000), ("deep",)),
        ("a title of 300,000 letters", b'{"title": "' + b"a" * 300_000 + b'"}', ("a" * 300_000,)),
    ]
    for note, body, titles in found:
        yield Body(body, tuple({"title": title} for title in titles), (400, 413), note=note)
