"""The far end of the wire, and our end of it."""

from __future__ import annotations

import contextlib
import socketserver
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from seedance_desktop.domain.preferences import Preferences
from seedance_desktop.gateway import Gateway
from tests.faults.fixtures import client, far, mp4

__all__ = ["client", "far", "mp4"]


@pytest.fixture
def through() -> Callable[[str], Gateway]:
    """A client that goes through the proxy at an address."""
    return lambda address: Gateway.build(Preferences(proxy="manual", proxy_address=address))


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for 127.0.0.1 that nobody has signed, with its key, in one file."""
    folder = tmp_path_factory.mktemp("certificate")
    made = folder / "both.pem"
    order = f"req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=127.0.0.1 -keyout {folder}/key.pem -out {made}"
    subprocess.run(
        ["openssl", *order.split(), "-addext", "subjectAltName=IP:127.0.0.1,IP:10.255.255.1"],
        check=True,
        capture_output=True,
    )
    made.write_bytes(made.read_bytes() + (folder / "key.pem").read_bytes())
    return made


@pytest.fixture
def self_signed(certificate: Path) -> Iterator[str]:
    """The address of a server with that certificate; every handshake with it fails."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            with contextlib.suppress(OSError):
                context.wrap_socket(self.request, server_side=True).close()

    with socketserver.TCPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"https://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()
