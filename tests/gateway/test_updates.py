"""The news of a release over real TLS: only what is signed, small, prompt and about us is believed."""

from __future__ import annotations

import base64
import contextlib
import json
import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from nacl.signing import SigningKey

from seedance_desktop.domain.errors import GatewayProblem, Problem, UpdateProblem
from seedance_desktop.domain.preferences import Preferences
from seedance_desktop.domain.updates import Channel
from seedance_desktop.gateway import updates

OURS, THEIRS = SigningKey(b"o" * 32), SigningKey(b"t" * 32)
NEWS = {
    "product": "seedance-desktop",
    "version": "9.8.7",
    "published": "2026-11-20",
    "page": "https://127.0.0.1/download",
    "notes": {"en": "Faster", "zh_CN": "更快"},
}


def signed(news: object, key: SigningKey = OURS) -> bytes:
    payload = json.dumps(news).encode()
    return wrapped(payload, key.sign(payload).signature)


def wrapped(payload: bytes, signature: bytes) -> bytes:
    texts = {"payload": base64.b64encode(payload).decode(), "signature": base64.b64encode(signature).decode()}
    return json.dumps(texts).encode()


def answer(body: bytes, status: str = "200 OK", *more: str, length: int | None = None) -> bytes:
    head = [f"HTTP/1.1 {status}", f"Content-Length: {len(body) if length is None else length}", *more]
    return "\r\n".join([*head, "Connection: close", "", ""]).encode() + body


class Far:
    """An https server that reads one request and gives one answer; with None it keeps silent until the end."""

    def __init__(self, certificate: Path, reply: bytes | None) -> None:
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._context.load_cert_chain(certificate)
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._reply, self._over = reply, threading.Event()
        self.asked = b""
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    @property
    def channel(self) -> Channel:
        return Channel(f"https://127.0.0.1:{self._socket.getsockname()[1]}/news.json", bytes(OURS.verify_key))

    def _serve(self) -> None:
        with contextlib.suppress(OSError), self._socket.accept()[0] as line:
            line.settimeout(10)
            with self._context.wrap_socket(line, server_side=True) as secret:
                while not self.asked.endswith(b"\r\n\r\n"):
                    self.asked += secret.recv(4096)
                if self._reply is None:
                    self._over.wait(10)
                else:
                    secret.sendall(self._reply)

    def end(self) -> None:
        self._over.set()
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._thread.join()
        self._socket.close()


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a private authority (`ca.pem`) and a server certificate of it for 127.0.0.1 (`server.pem`)."""
    folder = tmp_path_factory.mktemp("authority")
    (folder / "names").write_text("subjectAltName=IP:127.0.0.1\nextendedKeyUsage=serverAuth\n")
    for order in (
        "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=Studio -keyout ca.key -out ca.pem",
        "req -newkey rsa:2048 -nodes -subj /CN=127.0.0.1 -keyout server.key -out server.csr",
        "x509 -req -days 2 -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial -extfile names -out server.crt",
    ):
        subprocess.run(["openssl", *order.split()], cwd=folder, check=True, capture_output=True)
    (folder / "server.pem").write_bytes((folder / "server.crt").read_bytes() + (folder / "server.key").read_bytes())
    return folder


@pytest.fixture
def trusted(authority: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The authority is one of this system's for the test."""
    monkeypatch.setenv("SSL_CERT_FILE", str(authority / "ca.pem"))
    return authority / "server.pem"


@pytest.fixture
def far(trusted: Path, request: pytest.FixtureRequest) -> Iterator[Far]:
    made = Far(trusted, request.param)
    yield made
    made.end()


async def refused(channel: Channel, seconds: float = 10) -> str:
    with pytest.raises(Problem) as problem:
        await updates.read(channel, Preferences(proxy="none"), seconds)
    return problem.value.reason.code


@pytest.mark.parametrize("far", [answer(signed(NEWS), "200 OK", "Set-Cookie: who=you")], indirect=True)
async def test_what_we_signed_is_believed_and_nothing_of_the_user_is_said(far: Far) -> None:
    release = await updates.read(far.channel, Preferences(proxy="none"))
    assert (release.version, release.note("zh_CN"), release.note("fr")) == ("9.8.7", "更快", "Faster")
    head = far.asked.decode().lower()
    assert head.startswith("get /news.json http/1.1")
    names = {line.partition(":")[0] for line in head.splitlines()[1:] if line}
    assert names == {"host", "accept", "accept-encoding", "connection", "user-agent"}
    assert "user-agent: seedance-desktop\r\n" in head


GOOD = signed(NEWS)
TAMPERED = wrapped(json.dumps(NEWS | {"version": "9.9.9"}).encode(), base64.b64decode(json.loads(GOOD)["signature"]))
REFUSED = {
    "of another's key": (answer(signed(NEWS, THEIRS)), "update-not-signed"),
    "changed after it was signed": (answer(TAMPERED), "update-not-signed"),
    "a signature too short": (answer(wrapped(b"{}", b"short")), "update-not-signed"),
    "cut off": (answer(GOOD[:50], length=len(GOOD)), "update-unreachable"),
    "cut off, and said to be whole": (answer(GOOD[:50]), "update-unreadable"),
    "a page": (answer(b"<html>Log in to the hotel's network</html>"), "update-unreadable"),
    "base64 that is none": (answer(b'{"payload": "*", "signature": "*"}'), "update-unreadable"),
    "nested without end": (answer(b"[" * 60_000), "update-unreadable"),
    "too large": (answer(GOOD + b" " * 70_000), "update-too-large"),
    "too large, and said to be small": (answer(GOOD + b" " * 70_000, length=10**9), "update-too-large"),
    "elsewhere": (answer(b"", "302 Found", "Location: https://127.0.0.1:1/"), "update-missing"),
    "not there": (answer(GOOD, "404 Not Found"), "update-missing"),
    "another program's": (answer(signed(NEWS | {"product": "other"})), "update-other-product"),
    "expired": (answer(signed(NEWS | {"expires": "2020-01-01"})), "update-expired"),
    "a page of somebody else": (answer(signed(NEWS | {"page": "https://elsewhere.example/"})), "update-unreadable"),
}


@pytest.mark.parametrize(("far", "code"), REFUSED.values(), ids=REFUSED, indirect=["far"])
async def test_what_is_not_ours_is_refused(far: Far, code: str) -> None:
    assert await refused(far.channel) == code


@pytest.mark.parametrize("far", [None], indirect=True)
async def test_a_server_that_keeps_silent_is_not_waited_for(far: Far) -> None:
    assert await refused(far.channel, seconds=0.3) == "update-unreachable"


async def test_nobody_there_is_said() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    assert await refused(Channel(f"https://127.0.0.1:{port}/", bytes(32))) == "update-unreachable"


async def test_a_certificate_that_nobody_vouches_for_ends_it(self_signed: str) -> None:
    with pytest.raises(GatewayProblem) as problem:
        await updates.read(Channel(self_signed + "/", bytes(32)), Preferences(proxy="none"))
    assert problem.value.reason.code == "tls-untrusted"


async def test_it_goes_through_the_creators_proxy(home: Path) -> None:
    """To another machine it does; the proxy here is one that refuses, and heard where we wanted to go."""
    heard = bytearray()
    with socket.create_server(("127.0.0.1", 0)) as proxy:

        def serve() -> None:
            with proxy.accept()[0] as line:
                heard.extend(line.recv(4096))
                line.sendall(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")

        thread = threading.Thread(target=serve)
        thread.start()
        through = Preferences(proxy="manual", proxy_address=f"http://127.0.0.1:{proxy.getsockname()[1]}")
        with pytest.raises(UpdateProblem) as problem:
            await updates.read(Channel("https://news.example/x", bytes(32)), through)
        thread.join()
    assert problem.value.reason.code == "update-unreachable"
    assert bytes(heard).startswith(b"CONNECT news.example:443 ")
