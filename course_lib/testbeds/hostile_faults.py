"""What the hostile server does: one short script a fault.

Each fault says what a client that keeps its word gives back: "data", "error", "silent" (an error as well; a client that
comes back with data has waited longer than it was allowed to) or "either".
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal

from course_lib.testbeds.hostile_reply import BODILESS, Reply

Promise = Literal["data", "error", "silent", "either"]
Good = Any  # what a good body says: an object most often
Needs = Literal["", "object", "id"]
HOP = "?hop="
HOLD_SECONDS = 1.0
DRIP_SECONDS, DRIPS = 0.1, 12


@dataclass(frozen=True)
class Fault:
    """One way to answer: its name, what it promises, one sentence on what happens, and the script that does it.

    `needs` is what the good answer must have for this to be a fault; `status` is that of the answer.
    """

    name: str
    promise: Promise
    says: str
    play: Callable[[Reply], None]
    shape: Callable[[Good], Good] = lambda good: good
    needs: Needs = ""
    status: int = 200

    @property
    def bodiless(self) -> bool:
        """Whether an answer of this status carries no body."""
        return self.status in BODILESS


def _status(code: int, promise: Promise = "error") -> Fault:
    body = "no body" if code in BODILESS else "a good body"
    says = f"status {code} and {body}"
    return Fault(f"status {code}", promise, says, lambda reply: reply.answer(code, reply.body), status=code)


def _in_other_words(name: str, status: int, words: str, promise: Promise = "error") -> Fault:
    """A good body under a status whose number says one thing, and the words beside it nothing, or another."""

    def play(reply: Reply) -> None:
        reply.send(reply.head(status, length=len(reply.body), words=words) + reply.body)

    beside = f"the words {words!r}" if words else "no words"
    return Fault(
        name, promise, f"status {status} with {beside} beside the number, and a good body", play, status=status
    )


def _refused_with(status: int, what: str, body: bytes, *headers: str) -> Fault:
    """A status that is no success, with what a client may stumble over that looks for the reason there."""
    says = f"status {status} with {what}"
    return Fault(says, "error", says, lambda reply: reply.answer(status, body, *headers), status=status)


def _body(name: str, says: str, make: Callable[[Good], object], promise: Promise = "error", needs: Needs = "") -> Fault:
    """A 200 whose body is what `make` gives: bytes as they are, anything else as JSON.

    Where the good answer has not what the fault needs, it comes as it is.
    """

    def play(reply: Reply) -> None:
        made = make(reply.good) if _has(reply.good, needs) else reply.good
        reply.answer(200, made if isinstance(made, bytes) else json.dumps(made).encode())

    return Fault(name, promise, f"200 and {says}", play, needs=needs)


def _has(good: Good, needs: Needs) -> bool:
    return not needs or (isinstance(good, dict) and (needs == "object" or type(good.get("id")) is int))


def _good_in_pieces(reply: Reply) -> None:
    for byte in reply.head(200, length=len(reply.body)) + reply.body:
        reply.send(bytes([byte]))


def _good_in_chunks(reply: Reply) -> None:
    if not reply.knows_chunks:
        return reply.answer(200, reply.body)
    parts = (reply.body[:9], reply.body[9:], b"")
    chunks = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts)
    return reply.send(reply.head(200, "Transfer-Encoding: chunked") + chunks)


def _good_in_old_http(reply: Reply) -> None:
    reply.close()
    reply.send(b"HTTP/1.0 200 OK\r\n\r\n" + reply.body)


def _good_under_small_letters(reply: Reply) -> None:
    reply.close()
    reply.send(b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n%s\r\n%s" % (_small(len(reply.body)), reply.body))


def _small(length: int) -> bytes:
    """The header of a length as other servers write it, in small letters."""
    return b"content-length: %d\r\nconnection: close\r\n" % length


def _good_in_other_chunks(reply: Reply) -> None:
    """Chunks by another spelling, with a line end in one: digits of either case, and more of them than needed."""
    body = reply.body[:1] + b"\r\n" + reply.body[1:] if isinstance(reply.good, dict) else reply.body
    if not reply.knows_chunks:
        return reply.answer(200, body)
    chunks = b"".join(b"%06X\r\n%s\r\n" % (len(part), part) for part in (body[:10], body[10:], b""))
    return reply.send(reply.head(200, "transfer-encoding: chunked") + chunks)


def _good_without_length(reply: Reply) -> None:
    reply.close()
    reply.send(reply.head(200) + reply.body)


def _good_between_blanks(reply: Reply) -> None:
    reply.answer(200, b"\r\n\t " + reply.body + b" \r\n")


def _slow_headers(reply: Reply) -> None:
    reply.wait(reply.pause)
    reply.answer(200, reply.body)


def _slow_body(reply: Reply) -> None:
    reply.send(reply.head(200, length=len(reply.body)) + reply.begin)
    reply.wait(reply.pause)
    reply.send(reply.rest)


def _drip(reply: Reply) -> None:
    reply.send(reply.head(200, length=len(reply.body)) + reply.body[:-DRIPS])
    for byte in reply.body[-DRIPS:]:
        reply.wait(DRIP_SECONDS)
        reply.send(bytes([byte]))


def _redirect_to_itself(reply: Reply) -> None:
    reply.answer(302, b"", f"Location: {reply.path}")


def _redirect_further(reply: Reply) -> None:
    reply.answer(302, b"", f"Location: {reply.path.partition(HOP)[0]}{HOP}{reply.count}")


def _short(reply: Reply) -> None:
    reply.close()
    reply.send(reply.head(200, length=len(reply.body)) + reply.body[:-8])


def _whole_of_more(missing: int) -> Callable[[Reply], None]:
    """A whole object where so many bytes more were declared."""

    def play(reply: Reply) -> None:
        reply.close()
        reply.send(reply.head(200, length=len(reply.body) + missing) + reply.body)

    return play


def _short_under_small_letters(reply: Reply) -> None:
    reply.close()
    reply.send(b"HTTP/1.1 200 OK\r\n%s\r\n%s" % (_small(len(reply.body) + 1), reply.body))


def _no_last_chunk(reply: Reply) -> None:
    """A whole object in a whole chunk, and no word of its being the last one."""
    if not reply.knows_chunks:
        return _whole_of_more(1)(reply)
    reply.close()
    return reply.send(reply.head(200, "Transfer-Encoding: chunked") + b"%x\r\n%s\r\n" % (len(reply.body), reply.body))


def _cut_chunk(reply: Reply) -> None:
    if not reply.knows_chunks:
        return _short(reply)
    reply.close()
    return reply.send(reply.head(200, "Transfer-Encoding: chunked") + b"%x\r\n" % len(reply.body) + reply.body[:-8])


def _cut_chunk_that_parses(reply: Reply) -> None:
    """A whole object in a chunk that was to be longer."""
    if not reply.knows_chunks:
        return _whole_of_more(8)(reply)
    reply.close()
    return reply.send(reply.head(200, "Transfer-Encoding: chunked") + b"%x\r\n" % (len(reply.body) + 8) + reply.body)


def _reset_before_headers(reply: Reply) -> None:
    reply.reset()


def _reset_in_headers(reply: Reply) -> None:
    reply.send(b"HTTP/1.1 200 OK\r\nContent-Type: appl")
    reply.reset()


def _reset_after_headers(reply: Reply) -> None:
    reply.send(reply.head(200, length=len(reply.body)))
    reply.reset()


def _reset_in_body(reply: Reply) -> None:
    reply.send(reply.head(200, length=len(reply.body)) + reply.begin)
    reply.reset()


def _close_before_headers(reply: Reply) -> None:
    reply.close()


def _close_in_headers(reply: Reply) -> None:
    reply.close()
    reply.send(b"HTTP/1.1 200 OK\r\nContent-Type: appl")


def _garbage(reply: Reply) -> None:
    reply.close()
    reply.send(b"\x16\x03\x01 OHAI " + reply.body + b"\r\n\r\n")


def _no_http(reply: Reply) -> None:
    reply.close()
    reply.send(reply.body + b"\n")


def _bad_gzip(reply: Reply) -> None:
    reply.answer(200, gzip.compress(reply.body, mtime=0)[:15] + b"!" * 20, "Content-Encoding: gzip")


def _silent_before_headers(reply: Reply) -> None:
    reply.wait(reply.silence)
    reply.answer(200, reply.body)


def _silent_in_headers(reply: Reply) -> None:
    head = reply.head(200, length=len(reply.body))
    reply.send(head[:30])
    reply.wait(reply.silence)
    reply.send(head[30:] + reply.body)


def _silent_after_headers(reply: Reply) -> None:
    reply.send(reply.head(200, length=len(reply.body)))
    reply.wait(reply.silence)
    reply.send(reply.body)


def _silent_in_body(reply: Reply) -> None:
    reply.send(reply.head(200, length=len(reply.body)) + reply.begin)
    reply.wait(reply.silence)
    reply.send(reply.rest)


def _hold(reply: Reply) -> None:
    if reply.count == 1:
        reply.wait(HOLD_SECONDS)
    reply.answer(200, reply.body)


def _hold_in_body(reply: Reply) -> None:
    reply.send(reply.head(200, length=len(reply.body)) + reply.begin)
    if reply.count == 1:
        reply.wait(HOLD_SECONDS)
    reply.send(reply.rest)


def _good_once(reply: Reply) -> None:
    reply.answer(200 if reply.count == 1 else 500, reply.body)


def _play_good(reply: Reply) -> None:
    reply.answer(200, reply.body)


def _amid(before: bytes, after: bytes, good: Good) -> bytes:
    """A good answer with that around it."""
    return before + json.dumps(good).encode() + after


def _with_deep_field(good: Good) -> bytes:
    return json.dumps(good).encode()[:-1] + b', "deep": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"


def _with_unusual_fields(good: Good) -> Good:
    """The id last; keys that only look like others; values of other types than one expects under such a name."""
    if not _has(good, "id"):
        return good
    odd = {"": 0, " name ": "", "ID": True, "Id": "x", "name": 7, "error": None, "data": {"id": -1}, "half": "\ud83d"}
    return {**odd, **{key: value for key, value in good.items() if key not in (*odd, "id")}, "id": good["id"]}


def _large(good: Good) -> Good:
    """More than two megabytes; 300 kilobytes of it are letters of several bytes."""
    more = {"visits": [*range(30_000)], "about": "x" * 2**21, "letters": _LETTERS * 25_000}
    return {**good, **more} if isinstance(good, dict) else good


def _with_what_looks_like_faults(good: Good) -> Good:
    """Texts that look like faults to who searches the body; a nest and a number that `json` reads."""
    nest: list[Any] = []
    for _ in range(80):
        nest = [nest]
    odd = {"open": "[{(<" * 200, "digits": "7" * 5000, "long": 10**3000, "nest": nest, "says": _LIKE_FAULTS}
    return {**good, **odd} if isinstance(good, dict) else good


_LIKE_FAULTS = ["<!doctype html>", "404 Not Found", "null", "Traceback (most recent call last):", "// no", "# no"]


def _somebody_else(good: Good) -> bytes:
    """A body that is an error under whatever headers it comes."""
    return json.dumps({**good, "id": good["id"] + 1}).encode() if _has(good, "id") else b"{}"


def _headed(name: str, says: str, *headers: str, content_type: str = "application/json") -> Fault:
    """The profile of somebody else under headers that a client may stumble over; the end follows at once."""

    def play(reply: Reply) -> None:
        body = _somebody_else(reply.good)
        lengths = [] if any(one.startswith("Content-Length") for one in headers) else [f"Content-Length: {len(body)}"]
        lines = ["HTTP/1.1 200 OK", f"Content-Type: {content_type}", *headers, *lengths, "Connection: close"]
        reply.close()
        reply.send(("\r\n".join(lines) + "\r\n\r\n").encode("latin-1") + body)

    return Fault(name, "error", f"200, the profile of somebody else, and {says}", play)


_LETTERS = "\xeb\u20ac\U0001f600\xe9xx"  # 13 bytes: where a body is cut into pieces, so is a letter, sooner or later
_HTML = b"<!doctype html><title>Sign in</title><h1>Please sign in to the hotel network</h1>"

_ALL = (
    Fault("good", "data", "200 and the right body", _play_good),
    Fault("good at the root", "data", "200 and the right body, from a base address without a path", _play_good),
    Fault("good, with a field called error", "data", "200 and a body that has a field called error", _play_good,
          lambda good: {**good, "error": "none so far"} if isinstance(good, dict) else good, "object"),
    Fault("good, large", "data", "200 and a right body of more than two megabytes", _play_good, _large, "object"),
    Fault("good, byte by byte", "data", "200 and the right body, each byte in a packet of its own", _good_in_pieces),
    Fault("good, in chunks", "data", "200 and the right body, in chunks", _good_in_chunks),
    Fault("good, without a length", "data", "200 and the right body up to the connection's end", _good_without_length),
    Fault("slow headers", "data", "nothing for less than the timeout, then a good answer", _slow_headers),
    Fault("slow body", "data", "half a body, nothing for less than the timeout, then the rest", _slow_body),
    *map(_status, (201, 202, 204, 206, 302, 304, 400, 401, 403, 404, 429, 500, 502, 503)),
    Fault("redirect loop", "error", "redirects to the same address, without an end", _redirect_to_itself),
    Fault("redirects without end", "error", "redirects to a new address each time, without an end", _redirect_further),
    _body("empty body", "no body at all", lambda good: b""),
    _body("blank body", "a body of blanks", lambda good: b" \r\n "),
    _body("HTML", "a page of HTML", lambda good: _HTML),
    _body("plain text", "the words: all is well", lambda good: b"all is well"),
    _body("cut JSON", "JSON that ends in the middle", lambda good: json.dumps(good).encode()[:-8], needs="object"),
    _body("malformed JSON", "a Python dict instead of JSON", lambda good: f"{{'data': {good!r}}}".encode()),
    _body("JSON and more", "a good object with more text after it", lambda good: json.dumps(good).encode() + b"\n<hr>"),
    _body("null", "JSON null", lambda good: None),
    _body("true", "JSON true", lambda good: True),
    _body("number", "a JSON number, the id", lambda good: good["id"], needs="id"),
    _body("string", "a JSON string", lambda good: "ok"),
    _body("list", "a JSON list with the good object in it", lambda good: [good]),
    _body("empty object", "an empty JSON object", lambda good: {}),
    _body("error object", "an error object", lambda good: {"error": "quota exceeded", "code": 17}),
    _body("wrapped object", "the good object inside another one", lambda good: {"data": good, "status": "ok"}),
    _body("no id", "a profile without an id", lambda good: {k: v for k, v in good.items() if k != "id"}, needs="id"),
    _body("another id", "the profile of somebody else", lambda good: {**good, "id": good["id"] + 1}, needs="id"),
    _body("id as text", "an id in quotes", lambda good: {**good, "id": str(good["id"])}, needs="id"),
    _body("id null", "an id of null", lambda good: {**good, "id": None}, needs="id"),
    _body("not UTF-8", "a name in Latin-1 bytes",
          lambda good: json.dumps({**good, "name": "Jos\xe9"}, ensure_ascii=False).encode("latin-1"),
          "either", needs="object"),
    _body("deep JSON", "a list nested 100,000 deep", lambda good: b"[" * 100_000, "error"),
    _body("long number", "a profile with a number of 5,000 digits",
          lambda good: json.dumps(good).encode()[:-1] + b', "points": ' + b"9" * 5000 + b"}", "either", needs="object"),
    Fault("short body", "error", "a body shorter than its declared length, then the end", _short),
    Fault("short body that parses", "error", "a whole object where eight bytes more were declared", _whole_of_more(8)),
    Fault("cut chunk", "error", "a chunk shorter than it declares, then the end", _cut_chunk),
    Fault("bad gzip", "error", "200 and a body that claims to be gzip and is not", _bad_gzip),
    Fault("reset before the headers", "error", "a reset instead of an answer", _reset_before_headers),
    Fault("reset in the headers", "error", "a reset in the middle of the headers", _reset_in_headers),
    Fault("reset after the headers", "error", "a reset after the headers", _reset_after_headers),
    Fault("reset in the body", "error", "a reset in the middle of the body", _reset_in_body),
    Fault("close before the headers", "error", "the end of the connection instead of an answer", _close_before_headers),
    Fault("close in the headers", "error", "the end of the connection in the middle of the headers", _close_in_headers),
    Fault("garbage", "error", "bytes that are not HTTP", _garbage),
    Fault("JSON without HTTP", "error", "a good JSON object with no HTTP around it", _no_http),
    Fault("refused", "error", "nobody listens at that port", _play_good),
    Fault("silent before the headers", "silent", "takes the request and says nothing", _silent_before_headers),
    Fault("silent in the headers", "silent", "half a header, then nothing", _silent_in_headers),
    Fault("silent after the headers", "silent", "the headers, then nothing", _silent_after_headers),
    Fault("silent in the body", "silent", "half a body, then nothing", _silent_in_body),
    Fault("drip", "either", "the last twelve bytes one by one, a tenth of a second apart", _drip),
)  # fmt: skip

FAULTS: dict[str, Fault] = {fault.name: fault for fault in _ALL}

TYPICAL = (
    "good", "good, large", "slow headers", "status 201", "status 204", "status 302", "status 404", "status 500",
    "status 503", "redirect loop", "empty body", "HTML", "cut JSON", "JSON and more", "deep JSON", "null", "list",
    "error object", "another id", "short body", "bad gzip", "reset before the headers", "reset in the body",
    "close before the headers", "garbage", "refused", "silent before the headers", "silent in the headers",
    "silent after the headers", "silent in the body",
)  # fmt: skip
"""Thirty of them, one of each kind: a table that fits on a page."""

_AMID = (  # what is no JSON, although somebody's reader forgives it
    ("in a call", b"show(", b");"),
    ("after a guard", b")]}'\n", b""),
    ("before a semicolon", b"", b";"),
    ("before zero bytes", b"", b"\0\0"),
    ("in a fence", b"```json\n", b"\n```"),
)

_RARE = (
    Fault("good, with nothing but an id", "data", "200 and a right body that has no field but the id", _play_good,
          lambda good: {"id": good["id"]} if _has(good, "id") else good, "id"),
    Fault("good, with unusual fields", "data", "200 and a right body with its id last, and fields that nobody expects",
          _play_good, _with_unusual_fields, "id"),
    Fault("good, between blanks", "data", "200 and the right body with white space around it", _good_between_blanks),
    Fault("good, with what looks like faults", "data", "200 and a right body with texts that look like faults",
          _play_good, _with_what_looks_like_faults, "object"),
    Fault("good, in HTTP/1.0", "data", "200 and the right body, in HTTP/1.0, up to its end", _good_in_old_http),
    Fault("good, under small letters", "data", "200 and the right body under headers in small letters",
          _good_under_small_letters),
    Fault("good, in other chunks", "data", "200 and the right body in chunks that are spelt otherwise",
          _good_in_other_chunks),
    _in_other_words("good, in other words", 200, "Here you are", "data"),
    _in_other_words("good, without words", 200, "", "data"),
    _in_other_words("status 404 without words", 404, ""),
    _in_other_words("status 500 without words", 500, ""),
    _in_other_words("status 201 called OK", 201, "OK"),
    _in_other_words("status 404 called OK", 404, "OK"),
    _in_other_words("status 500 called 200 OK", 500, "200 OK"),
    *map(_status, (203, 226, 299, 300, 301, 303, 307, 308, 405, 410, 418, 451, 504, 599)),
    _refused_with(404, "no body", b""),
    _refused_with(500, "a body nested 100,000 deep", b'{"detail": ' + b"[" * 100_000),
    _refused_with(500, "a number of 5,000 digits", b'{"detail": ' + b"9" * 5000 + b"}"),
    _refused_with(400, "a JSON list", b'["no such user"]'),
    _refused_with(400, "reasons that are no texts", b'{"detail": null, "error": {}, "message": [], "title": 0}'),
    _refused_with(404, "reasons without a letter", b'{"detail": "", "error": "", "message": "", "title": ""}'),
    _refused_with(503, "bytes that are not UTF-8", b'{"detail": "Jos\xe9", "message": "Jos\xe9", "error": "Jos\xe9"}'),
    *(_refused_with(status, "a date to come back after", b"", "Retry-After: Fri, 31 Dec 1999 23:59:59 GMT")
      for status in (429, 503)),
    _body("NaN", "the word NaN", lambda good: b"NaN"),
    _body("comma too many", "an object with a comma too many",
          lambda good: json.dumps(good).encode()[:-1] + b",}", needs="object"),
    _body("two objects", "two good objects", lambda good: json.dumps(good).encode() * 2),
    _body("comment before", "a good object after a comment", lambda good: b"// x\n" + json.dumps(good).encode()),
    *(_body(f"JSON {how}", f"a good object {how}", partial(_amid, before, after)) for how, before, after in _AMID),
    _body("list of pairs", "a list of pairs", lambda good: [list(pair) for pair in good.items()], needs="object"),
    _body("JSON in a string", "a good object as JSON within a JSON string", lambda good: json.dumps(good)),
    _body("error that is an object", "an error that is no text", lambda good: {"error": {"code": 404}}),
    _body("error that is a list", "a list of errors", lambda good: {"error": ["no such user"], "message": None}),
    _body("ID", "an id by another name", lambda good: {k.replace("id", "ID"): v for k, v in good.items()}, needs="id"),
    _body("user_id", "an id called user_id", lambda good: {f"user_{k}" if k == "id" else k: v for k, v in good.items()},
          needs="id"),
    _body("id with more bits", "an id that is the same in its last 32 bits",
          lambda good: {**good, "id": good["id"] + 2**32}, needs="id"),
    _body("id in a list", "an id in a list", lambda good: {**good, "id": [good["id"]]}, needs="id"),
    _body("negative id", "an id of the other sign", lambda good: {**good, "id": -good["id"] or 1}, needs="id"),
    _body("id and a half", "an id with a half too many", lambda good: {**good, "id": good["id"] + 0.5}, needs="id"),
    _body("id and hardly more", "an id with a trifle too much",
          lambda good: {**good, "id": good["id"] + 2**-20}, needs="id"),
    _body("id without end", "an id of 1e999", lambda good: json.dumps({**good, "id": "?"}).encode().replace(
        b'"?"', b"1e999"), needs="id"),
    _body("id without end below zero", "an id of -1e999", lambda good: json.dumps({**good, "id": "?"}).encode().replace(
        b'"?"', b"-1e999"), needs="id"),
    _body("id in an object", "an id in an object", lambda good: {**good, "id": {"id": good["id"]}}, needs="id"),
    _body("empty id", "an id of no letters", lambda good: {**good, "id": ""}, needs="id"),
    _body("empty list as id", "an id that is an empty list", lambda good: {**good, "id": []}, needs="id"),
    _body("id with a blank", "an id in quotes, with a blank",
          lambda good: {**good, "id": f"{good['id']} "}, needs="id"),
    _headed("charset that nobody knows", "an unknown charset", content_type="application/json; charset=klingon"),
    _headed("charset that is no charset", "a charset that is none for texts",
            content_type="application/json; charset=base64"),
    _headed("charset that refuses all", "a charset that can't be read", content_type="text/plain; charset=undefined"),
    _headed("charset without a name", "a charset without a name", content_type="application/json; charset="),
    _headed("content type of nothing", "an empty content type", content_type=""),
    _headed("encoding that nobody knows", "an unknown content encoding", "Content-Encoding: klingon"),
    _headed("length in letters", "a length that is no number", "Content-Length: many"),
    _headed("length below zero", "a length below zero", "Content-Length: -5"),
    _headed("two lengths", "two lengths", "Content-Length: 5", "Content-Length: 12"),
    _headed("header without a colon", "a line among the headers without a colon", "no colon here"),
    _headed("header in Latin-1", "a header in Latin-1 bytes", "X-City: Malm\xf6"),
    _headed("long header", "a header of 70,000 letters", "X-Trace: " + "x" * 70_000),
    _headed("many headers", "150 headers", *(f"X-Trace-{number}: x" for number in range(150))),
    _body("long number alone", "a number of 5,000 digits", lambda good: b"9" * 5000),
    _body("long id", "an id of 5,000 digits", lambda good: b'{"id": ' + b"9" * 5000 + b"}"),
    _body("deep object", "an object nested 50,000 deep", lambda good: b'{"id":' * 50_000),
    _body("deep field", "a profile with a list nested 100,000 deep", _with_deep_field, "either", needs="object"),
    Fault("short by a byte", "error", "a whole object where one byte more was declared", _whole_of_more(1)),
    Fault("short chunk that parses", "error", "a whole object in a chunk that declares eight bytes more, then the end",
          _cut_chunk_that_parses),
    Fault("short under small letters", "error", "a whole object where a length in small letters declared one byte more",
          _short_under_small_letters),
    Fault("short of its last chunk", "error", "a whole object in a chunk, and no last chunk after it", _no_last_chunk),
    Fault("short by a megabyte", "error", "a whole object where a megabyte was declared", _whole_of_more(1 << 20)),
)  # fmt: skip

RARE: dict[str, Fault] = {fault.name: fault for fault in _RARE}
"""More of the same kinds, for code that is right about the usual ones alone."""

GOOD_ONCE = Fault("status 500 after a good answer", "error", "status 500 where the same address was good before",
                  _good_once, status=500)  # fmt: skip
HOLD = Fault("hold", "either", "holds the first request until the client leaves; later ones get a good answer", _hold)
HOLD_IN_BODY = Fault("hold in the body", "either", "the same, after half of the first body", _hold_in_body)
