"""Rows, search, migrations, records and files of the library; the only room with sqlite3."""

from .ledger import read_entries
from .library import Library
from .reading import list_clips, one_clip

__all__ = ["Library", "list_clips", "one_clip", "read_entries"]
