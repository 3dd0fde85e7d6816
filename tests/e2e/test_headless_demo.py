"""What `packaging/dev.py demo` does where there is no display: a real clip, with a progress bar, in a terminal."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
import threading

import av
import pytest

import dev
from seedance_desktop.system import folders

from .program import ROOT

_WITHIN = 90.0
_ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


def test_the_demo_makes_a_clip_in_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    handed_over: list[list[str]] = []

    def become(command: list[str]) -> None:
        handed_over.append(command)
        raise SystemExit

    monkeypatch.setattr(dev, "become", become)
    monkeypatch.setattr(dev, "setup", lambda _args: 0)  # that it sets up is test_dev's; here the environment is ours
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(SystemExit):
        dev.demo(["--resolution", "480p"])
    assert handed_over[0][1:5] == ["-m", "seedance_desktop", "generate", dev.DEMO_PROMPT]

    code, said = in_a_terminal([sys.executable, *handed_over[0][1:]])
    assert code == 0, said
    assert re.search(r"━.*(Rendering|Downloading)", said), "there is no progress bar"
    folder = folders.places().demo_library
    (file,) = (folder / "clips").rglob("*.mp4")
    assert str(file) in said, "where the file is has to be in one piece, to be copied"
    with av.open(file) as film:
        assert (film.streams.video[0].width, sum(1 for _ in film.decode(video=0))) == (864, 121)


def in_a_terminal(command: list[str]) -> tuple[int, str]:
    """Run a command with a terminal of 80 columns; its exit code and what was to be read there."""
    ours, theirs = pty.openpty()
    said = bytearray()

    def read() -> None:
        while True:
            try:
                said.extend(os.read(ours, 65536))
            except OSError:  # the other side is closed
                return

    env = {**os.environ, "COLUMNS": "80", "TERM": "xterm-256color"}
    process = subprocess.Popen(command, cwd=ROOT, env=env, stdin=theirs, stdout=theirs, stderr=theirs)
    os.close(theirs)
    reader = threading.Thread(target=read)
    reader.start()
    try:
        code = process.wait(_WITHIN)
    finally:
        process.kill()
        process.wait()
        reader.join()
        os.close(ours)
    return code, _ESCAPES.sub("", said.decode("utf-8", "replace"))
