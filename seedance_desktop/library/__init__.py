"""Rows, search, migrations, records and files of the library; the only room with sqlite3."""

from .library import Library

__all__ = ["Library"]
