"""Checks whom the program trusts: a server of an authority that the system doesn't know is refused, and known why."""

from __future__ import annotations

import asyncio
import ssl
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from seedance_desktop.domain import resources
from seedance_desktop.domain.preferences import Preferences

from .fault import expect

_NO_KEY = "sk-self-test-not-a-key"  # the far end is ours, and looks at none


class _Answer(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        body = b'{"error": {"code": "task_not_found", "message": "no such task"}}'
        self.send_response(404)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: what this server is asked is no news."""


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: a client that hangs up is what is wanted here."""


async def stranger_is_refused(system: str = "") -> str:
    """The bundled certificate is sound, and the gateway client refuses it: the system doesn't know its authority.

    `system` is the address of a server that the system does know, if given: it must be reached.
    """
    folder = resources.folder() / "self-test"
    with _serving(folder / "localhost.pem") as address:
        await asyncio.to_thread(_reached_by_who_knows, address, folder / "authority.pem")
        refused = await _asked(address)
    expect(refused == "tls-untrusted", f"a server of an unknown authority: {refused or 'reached'}, not refused")
    if not system:
        return "a server of an unknown authority is refused"
    known = await _asked(system)
    expect(not known, f"{system}: {known}")
    return f"a server of an unknown authority is refused, {system} is reached through the system's store"


async def _asked(address: str) -> str:
    """Why the gateway client cannot speak with an address; empty where it can."""
    from seedance_desktop.gateway import Gateway

    gateway = await asyncio.to_thread(Gateway.build, Preferences(proxy="none"))
    try:
        sight = await gateway.look(address.rstrip("/"), _NO_KEY, "self-test")
    finally:
        await gateway.close()
    return "" if sight.reached else (sight.reason.code if sight.reason else "not reached")


def _reached_by_who_knows(address: str, authority: Path) -> None:
    """Who trusts the authority reaches the server: so nothing else is wrong with it, and nobody else answers there."""
    trust = ssl.create_default_context(cafile=str(authority))
    if hasattr(ssl, "VERIFY_X509_STRICT"):
        trust.verify_flags |= ssl.VERIFY_X509_STRICT
    request = urllib.request.Request(address)  # noqa: S310 - an https address of our own
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), urllib.request.HTTPSHandler(context=trust))
    try:
        opener.open(request, timeout=10).close()
    except urllib.error.HTTPError as answer:
        with answer:
            expect(answer.code == 404, f"{address} answers {answer.code}")


@contextmanager
def _serving(certificate: Path) -> Iterator[str]:
    """The address of an https server on this machine."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    server = _Server(("127.0.0.1", 0), _Answer)
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"https://127.0.0.1:{server.server_port}"  # no name: that would ask the resolver too
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
