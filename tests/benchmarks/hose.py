"""A child: a host of one big file on loopback, at full speed or held to a rate; `hose MEGABYTES [MEGABYTES_A_SECOND]`.

It prints its address and serves until its standard input closes.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from .ground import ROOT

_PIECE = 1 << 18
_BLOCK = bytes(range(256)) * (_PIECE // 256)


class Handler(BaseHTTPRequestHandler):
    """Serves the file; one thread a connection."""

    protocol_version = "HTTP/1.1"
    size = 0
    rate = 0.0

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(self.size))
        self.send_header("Content-Type", "video/mp4")
        self.send_header("ETag", '"hose"')
        self.end_headers()
        began, sent = time.monotonic(), 0
        pause = threading.Event()
        while sent < self.size:
            piece = min(_PIECE, self.size - sent)
            try:
                self.wfile.write(_BLOCK[:piece])
            except ConnectionError:
                return
            sent += piece
            ahead = sent / self.rate - (time.monotonic() - began) if self.rate else 0.0
            if ahead > 0:
                pause.wait(ahead)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def hose(megabytes: int, rate: float = 0.0) -> Iterator[str]:
    """In the parent: the address of such a host, in a process of its own."""
    command = [sys.executable, "-m", "tests.benchmarks.hose", str(megabytes), str(rate)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, encoding="utf-8") as child:
        assert child.stdout
        assert child.stdin
        try:
            yield str(json.loads(child.stdout.readline()))
        finally:
            child.stdin.close()


def main(megabytes: str, rate: str = "0") -> None:
    Handler.size, Handler.rate = int(megabytes) * 1_000_000, float(rate) * 1_000_000
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(json.dumps(f"http://127.0.0.1:{server.server_address[1]}"), flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main(*sys.argv[1:])
