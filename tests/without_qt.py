"""A pytest plugin that makes Qt absent, to prove that the lower rooms don't need it.

    python -m pytest -p tests.without_qt -p no:pytest-qt tests/domain …

Two blocked importers stand for two uninstalled packages: this is faster than an environment without them, and the
same to the code under test.
"""

from __future__ import annotations

import sys
from importlib.abc import MetaPathFinder
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import ModuleType

    import pytest

ABSENT = {"PySide6", "shiboken6", "qasync", "pytestqt"}


class NoQt(MetaPathFinder):
    """Answers an import of Qt as a machine without Qt does."""

    def find_spec(self, name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> None:
        if name.partition(".")[0] in ABSENT:
            _refuse(name)


def _refuse(name: str) -> NoReturn:
    raise ModuleNotFoundError(f"No module named {name!r} (Qt is absent in this run)", name=name)


def pytest_addoption(parser: pytest.Parser) -> None:
    """pytest-qt's own settings in pyproject.toml stay valid without pytest-qt."""
    for name in ("qt_api", "qt_log_level_fail", "qt_default_raising"):
        parser.addini(name, "a setting of pytest-qt, which is absent")
    parser.addini("qt_log_ignore", "a setting of pytest-qt, which is absent", type="linelist")


def pytest_configure(config: pytest.Config) -> None:
    """Block from here on; whatever has loaded Qt before would make the proof worthless."""
    loaded = sorted(ABSENT & sys.modules.keys())
    assert not loaded, f"already loaded: {loaded}"
    sys.meta_path.insert(0, NoQt())
    config.addinivalue_line("markers", "qt_log_ignore: of pytest-qt, which is absent")
    config.addinivalue_line("markers", "no_qt_log: of pytest-qt, which is absent")
