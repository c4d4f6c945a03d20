"""The hostile server does on the wire what each fault says, any number of times, to any number of clients."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from course_lib.testbeds.hostile_api import PATIENCE, Asked, HostileAPI
from course_lib.testbeds.hostile_faults import FAULTS, RARE, TYPICAL

WHOLE = {"id": 7, "name": "Zoë 7", "active": True, "team": None, "roles": ["reader"]}


@pytest.fixture(scope="module")
def api() -> Iterator[HostileAPI]:
    with HostileAPI(silence=0.2, pause=0.1) as server:
        yield server


def talk(server: HostileAPI, fault: str, version: str = "1.0", more: str = "") -> bytes:
    """Everything that comes over the wire for one GET, up to the end of the stream; a reset is the word RESET."""
    url = urlsplit(server.url(fault))
    received = b""
    with socket.create_connection((url.hostname, url.port), timeout=20) as client:
        client.sendall(f"GET {url.path}/users/7 HTTP/{version}\r\n{more}\r\n".encode())
        try:
            while part := client.recv(65536):
                received += part
        except ConnectionResetError:
            received += b"RESET"
    return received


def parts(answer: bytes) -> tuple[int, dict[str, str], bytes]:
    head, _, body = answer.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = {name.title(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    return int(first.split()[1]), headers, body


@pytest.mark.parametrize("fault", [name for name, fault in FAULTS.items() if fault.promise == "data"])
@pytest.mark.parametrize("version", ["1.0", "1.1"])
def test_good_answers_are_whole(api: HostileAPI, fault: str, version: str) -> None:
    status, headers, body = parts(talk(api, fault, version, "Connection: close\r\n"))
    if headers.get("Transfer-Encoding") == "chunked":
        body = b"".join(piece for piece in body.split(b"\r\n")[1::2])

    assert status == 200
    assert json.loads(body) == api.expected(fault, "/users/7")
    assert int(headers.get("Content-Length", len(body))) == len(body)


def test_there_are_more_faults_than_the_contract_names() -> None:
    assert sum(fault.promise != "data" for fault in FAULTS.values()) >= 50
    assert set(TYPICAL) <= set(FAULTS)
    assert len(TYPICAL) == 30


@pytest.mark.parametrize("code", [201, 204, 302, 304, 404, 500, 503])
def test_statuses(api: HostileAPI, code: int) -> None:
    status, headers, body = parts(talk(api, f"status {code}"))

    assert status == code
    assert "Location" not in headers
    assert (body == b"") == (code in (204, 304))


@pytest.mark.parametrize(
    ("fault", "body"),
    [
        ("empty body", b""),
        ("null", b"null"),
        ("string", b'"ok"'),
        ("number", b"7"),
        ("list", json.dumps([WHOLE]).encode()),
        ("another id", json.dumps({**WHOLE, "id": 8}).encode()),
        ("id as text", json.dumps({**WHOLE, "id": "7"}).encode()),
        ("deep JSON", b"[" * 100_000),
    ],
)
def test_bodies_are_complete_answers_all_the_same(api: HostileAPI, fault: str, body: bytes) -> None:
    status, headers, sent = parts(talk(api, fault))

    assert (status, sent, headers["Content-Length"]) == (200, body, str(len(body)))


def test_bytes_that_are_no_utf8(api: HostileAPI) -> None:
    body = parts(talk(api, "not UTF-8"))[2]

    with pytest.raises(UnicodeDecodeError):
        body.decode()
    assert json.loads(body.decode("latin-1"))["id"] == 7


def test_short_bodies_declare_more_than_they_send(api: HostileAPI) -> None:
    short, whole = parts(talk(api, "short body")), parts(talk(api, "short body that parses"))

    assert int(short[1]["Content-Length"]) == len(short[2]) + 8
    assert int(whole[1]["Content-Length"]) == len(whole[2]) + 8
    assert json.loads(whole[2]) == WHOLE


def test_a_cut_chunk_has_no_end(api: HostileAPI) -> None:
    body = parts(talk(api, "cut chunk", "1.1"))[2]
    size, _, chunk = body.partition(b"\r\n")

    assert int(size, 16) == len(chunk) + 8


@pytest.mark.parametrize(
    ("fault", "start"),
    [
        ("reset before the headers", b""),
        ("reset in the headers", b"HTTP/1.1 200 OK\r\nContent-Type: appl"),
        ("reset after the headers", b"HTTP/1.1 200 OK\r\n"),
        ("reset in the body", b"HTTP/1.1 200 OK\r\n"),
    ],
)
def test_resets_are_resets(api: HostileAPI, fault: str, start: bytes) -> None:
    answer = talk(api, fault)

    assert answer.endswith(b"RESET")
    assert answer.startswith(start) or answer == b"RESET"  # a reset may overtake what was sent before it


@pytest.mark.parametrize("fault", ["close before the headers", "close in the headers", "garbage", "JSON without HTTP"])
def test_closes_are_no_resets_and_no_answers(api: HostileAPI, fault: str) -> None:
    answer = talk(api, fault)

    assert not answer.endswith(b"RESET")
    assert b"\r\n\r\n" not in answer or not answer.startswith(b"HTTP/1.1")


def test_refused_is_refused_every_time(api: HostileAPI) -> None:
    for _ in range(5):
        with pytest.raises(ConnectionRefusedError):
            talk(api, "refused")


@pytest.mark.parametrize("fault", [name for name, fault in FAULTS.items() if fault.promise == "silent"])
def test_a_silence_ends_with_the_rest_of_a_good_answer(api: HostileAPI, fault: str) -> None:
    url = urlsplit(api.url(fault))
    with socket.create_connection((url.hostname, url.port), timeout=0.05) as client:
        client.sendall(f"GET {url.path}/users/7 HTTP/1.1\r\nConnection: close\r\n\r\n".encode())
        received = b""
        with pytest.raises(TimeoutError):
            while True:
                received += client.recv(65536)
        assert len(received) < len(talk(api, "good", more="Connection: close\r\n"))
        client.settimeout(20)
        while part := client.recv(65536):
            received += part

    assert json.loads(parts(received)[2]) == WHOLE


def test_redirects_never_end_and_never_repeat(api: HostileAPI) -> None:
    there, here = (parts(talk(api, "redirects without end"))[1]["Location"] for _ in range(2))

    assert there != here
    assert parts(talk(api, "redirect loop"))[1]["Location"] == "/redirect-loop/users/7"


def test_gives_in_after_its_patience() -> None:
    with HostileAPI(faults={"status 500": FAULTS["status 500"], "refused": FAULTS["refused"]}) as server:
        url = urlsplit(server.url("status 500"))
        with socket.create_connection((url.hostname, url.port), timeout=20) as client:
            reader = client.makefile("rb")
            for _ in range(PATIENCE + 1):
                client.sendall(f"GET {url.path}/users/7 HTTP/1.1\r\n\r\n".encode())
                status = reader.readline()
                length = next(int(line.split()[1]) for line in iter(reader.readline, b"\r\n") if b"-Length" in line)
                reader.read(length)
            reader.close()

    assert b"200" in status


def test_a_connection_is_kept_for_a_client_that_keeps_it(api: HostileAPI) -> None:
    url = urlsplit(api.url("good"))
    with socket.create_connection((url.hostname, url.port), timeout=20) as client:
        for _ in range(3):
            client.sendall(f"GET {url.path}/users/7 HTTP/1.1\r\n\r\n".encode())
            answer = b""
            while not answer.endswith(b"}"):
                answer += client.recv(65536)
            assert b"Connection: close" not in answer


def test_remembers_what_was_asked() -> None:
    with HostileAPI() as server:
        talk(server, "good")
        talk(server, "good at the root")
        talk(server, "status 500")

        assert server.asked("good") == [Asked("GET", "/users/7")]
        assert server.asked("good at the root") == [Asked("GET", "/users/7")]
        assert server.asked("HTML") == []


def test_opaque_addresses_tell_nothing() -> None:
    with HostileAPI(opaque=True) as one, HostileAPI(opaque=True) as other:
        paths = [{urlsplit(server.url(name)).path for name in FAULTS} for server in (one, other)]

    assert not paths[0] & paths[1] - {""}
    assert len(paths[0]) == len(FAULTS)


def test_the_doorbell_rings_when_the_request_arrives(api: HostileAPI) -> None:
    heard: list[bytes] = []

    def ring() -> None:
        with socket.create_connection(("127.0.0.1", api.ports[0]), timeout=20) as client:
            client.sendall(f"GET {api.doorbell('status 403')} HTTP/1.0\r\n\r\n".encode())
            heard.append(client.recv(65536))

    listener = threading.Thread(target=ring)
    listener.start()
    talk(api, "status 403")
    listener.join(20)

    assert heard[0].startswith(b"HTTP/1.1 204")


def test_forty_clients_at_once_and_nothing_left_behind() -> None:
    before = set(threading.enumerate())
    with HostileAPI() as server:
        answers: list[bytes] = []
        clients = [threading.Thread(target=lambda: answers.append(talk(server, "good"))) for _ in range(40)]
        for client in clients:
            client.start()
        for client in clients:
            client.join()
        ports = server.ports

    assert len(set(answers)) == 1
    assert not {thread for thread in threading.enumerate() if thread.name == "hostile API"} - before
    for port in ports:
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", port), timeout=5)


@pytest.fixture(scope="module")
def rare() -> Iterator[HostileAPI]:
    with HostileAPI(faults=RARE | {"good": FAULTS["good"]}) as server:
        yield server


@pytest.mark.parametrize("fault", [name for name, fault in RARE.items() if fault.promise == "data"])
def test_rare_good_answers_are_good_whatever_words_stand_beside_their_number(rare: HostileAPI, fault: str) -> None:
    status, _, body = parts(talk(rare, fault))

    assert (status, reads_as(body, RARE[fault].shape(WHOLE))) == (200, True)


@pytest.mark.parametrize("fault", [name for name, fault in RARE.items() if fault.promise != "data"])
def test_rare_answers_are_none_that_the_contract_calls_good(rare: HostileAPI, fault: str) -> None:
    status, headers, body = parts(talk(rare, fault))
    told = headers.get("Content-Length", "")
    declared = int(told) if told.isdecimal() else len(body)

    assert status == RARE[fault].status
    assert fault not in FAULTS
    assert status != 200 or declared > len(body) or not reads_as(body, WHOLE)


def reads_as(body: bytes, whole: object) -> bool:
    try:
        return bool(json.loads(body) == whole)
    except (ValueError, RecursionError):
        return False
