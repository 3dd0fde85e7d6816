"""A POST over TLS through a proxy's tunnel: the tunnel's own CONNECT is no byte of ours, the POST's head is."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from seedance_desktop.domain.errors import GatewayProblem
from seedance_desktop.gateway import Gateway, Outcome

KEY = "sk-hub-for-tests"
ACCEPTED = b'HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\n{"id": "t1"}'


class Tunnel:
    """A proxy that agrees to one CONNECT and is itself the far end behind it."""

    def __init__(self, certificate: Path, reply: bytes) -> None:
        self._reply = reply
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._context.load_cert_chain(certificate)
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._socket.settimeout(10)
        self.outside = self.inside = b""
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._socket.getsockname()[1]}"

    def _serve(self) -> None:
        with self._socket, self._socket.accept()[0] as line, contextlib.suppress(OSError):
            while b"\r\n\r\n" not in self.outside:
                self.outside += line.recv(4096)
            line.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
            with self._context.wrap_socket(line, server_side=True) as secret:
                while not self.inside.endswith(b"\r\n\r\n{}"):
                    self.inside += secret.recv(4096)
                secret.sendall(self._reply)

    def end(self) -> None:
        self._thread.join()


@pytest.fixture
def trusted(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The certificate, trusted by this system for the test."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    return certificate


@pytest.mark.parametrize(("reply", "outcome"), [(ACCEPTED, Outcome.ACCEPTED), (b"", Outcome.UNSURE)])
async def test_what_left_through_the_tunnel_is_known(
    trusted: Path, through: Callable[[str], Gateway], reply: bytes, outcome: Outcome
) -> None:
    tunnel = Tunnel(trusted, reply)
    gateway = through(tunnel.address)
    submitted = await gateway.submit("https://10.255.255.1", KEY, b"{}")
    await gateway.close()
    tunnel.end()
    assert KEY.encode() not in tunnel.outside
    if submitted.outcome is not Outcome.NOT_SENT:
        assert KEY.encode() in tunnel.inside
    assert submitted.outcome is outcome


async def test_a_certificate_behind_the_tunnel_that_nobody_signed_means_not_sent(
    certificate: Path, through: Callable[[str], Gateway]
) -> None:
    tunnel = Tunnel(certificate, ACCEPTED)
    gateway = through(tunnel.address)
    submitted = await gateway.submit("https://10.255.255.1", KEY, b"{}")
    await gateway.close()
    tunnel.end()
    assert (submitted.outcome, tunnel.inside) == (Outcome.NOT_SENT, b"")
    assert submitted.reason is not None
    assert submitted.reason.code == "tls-untrusted"


@pytest.mark.parametrize("address", ["nonsense", "proxy.example:8080", "ftp://proxy.example"])
def test_a_proxy_that_is_none_is_said(through: Callable[[str], Gateway], address: str) -> None:
    with pytest.raises(GatewayProblem) as raised:
        through(address)
    assert raised.value.reason.fact("address") == address
