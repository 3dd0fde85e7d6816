"""Makes a private authority with a server's certificate for this machine, and serves it over https.

In `packaging/`, `python3 -m proof.authority` makes resources/self-test anew: the certificates of an authority that
nobody is meant to trust, ever. Its own key is thrown away, so it signs for nobody else.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from steps import ROOT, Stop

if TYPE_CHECKING:
    from collections.abc import Iterator

UNKNOWN = ROOT / "resources" / "self-test"
_NEW_KEY = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-noenc")
_SERVER = """\
subjectAltName=DNS:localhost,IP:127.0.0.1
keyUsage=critical,digitalSignature
extendedKeyUsage=serverAuth
basicConstraints=critical,CA:FALSE
authorityKeyIdentifier=keyid
"""


@dataclass(frozen=True)
class Authority:
    """The two files: the authority's certificate, and the server's together with its key."""

    certificate: Path
    server: Path


def make(folder: Path, name: str, days: int) -> Authority:
    """Write `authority.pem` and `localhost.pem` to `folder`; valid for `days` from today. Raises `Stop`."""
    with tempfile.TemporaryDirectory() as place:
        work = Path(place)
        (work / "server.ext").write_text(_SERVER, encoding="ascii")
        until = ["-days", str(days)]
        own = ["-x509", *until, "-addext", "keyUsage=critical,keyCertSign,cRLSign"]
        _openssl(work, "req", *_NEW_KEY, *own, "-subj", f"/CN={name}", "-keyout", "ca.key", "-out", "ca.pem")
        _openssl(work, "req", *_NEW_KEY, "-subj", "/CN=localhost", "-keyout", "server.key", "-out", "server.csr")
        by = ["-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-extfile", "server.ext"]
        _openssl(work, "x509", "-req", "-in", "server.csr", *by, *until, "-out", "server.pem")
        made = Authority(folder / "authority.pem", folder / "localhost.pem")
        made.certificate.write_bytes((work / "ca.pem").read_bytes())
        made.server.write_bytes((work / "server.pem").read_bytes() + (work / "server.key").read_bytes())
    return made


def _openssl(folder: Path, *arguments: str) -> None:
    try:
        done = subprocess.run(["openssl", *arguments], cwd=folder, capture_output=True, text=True, check=False)
    except FileNotFoundError as error:
        raise Stop("The proof of TLS needs the openssl program: install it (apt-get install openssl).") from error
    if done.returncode:
        raise Stop(f"openssl {arguments[0]} failed: {done.stderr.strip()}")


# Another program, so that it can live in a network namespace of its own: says its port, ends with its input.
SERVE = """
import http.server, ssl, sys, threading
class Answer(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        body = b'{"error": {"code": "task_not_found"}}'
        self.send_response(404)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
    def log_message(self, *_):
        pass
server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answer)
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(sys.argv[1])
server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
threading.Thread(target=server.serve_forever, daemon=True).start()
print(server.server_port, flush=True)
sys.stdin.read()
"""


@contextmanager
def serving(authority: Authority, wrap: tuple[str, ...] = ()) -> Iterator[str]:
    """The address of an https server with the authority's certificate; `wrap` is a command that starts it."""
    command = [*wrap, sys.executable, "-c", SERVE, str(authority.server)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, text=True) as server:
        assert server.stdout is not None
        port = server.stdout.readline().strip()
        if not port:
            raise Stop("The https server for the proof did not start.")
        yield f"https://localhost:{port}/"


if __name__ == "__main__":
    UNKNOWN.mkdir(exist_ok=True)
    make(UNKNOWN, "Seedance Desktop self-test, NOT to be trusted", 36_500)
