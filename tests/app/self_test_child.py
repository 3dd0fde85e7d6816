"""Runs single checks of the self-test on folders of resources: a program for `test_self_test`, with JSON lines.

Standard input is a JSON list of [check, folder of resources]; each answer is the check's result.
"""

from __future__ import annotations

import json
import os
import sys
from functools import partial
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from seedance_desktop.app.program import make_application
from seedance_desktop.app.self_test import running
from seedance_desktop.app.self_test.loopback import Loopback
from seedance_desktop.domain import resources
from seedance_desktop.ui import icons


def main() -> None:
    """Answer each case as it comes."""
    application = make_application()
    healthy = resources.folder
    checks = running._checks(Loopback(), "")
    for check, folder in json.load(sys.stdin):
        resources.folder = partial(Path, folder) if folder else healthy  # type: ignore[assignment]
        icons._source.cache_clear()
        icons._drawn.cache_clear()
        running._all(application, {check: checks[check]}, running._say_json)


if __name__ == "__main__":
    main()
