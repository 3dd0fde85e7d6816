"""Small facts of a library by name, such as whether its queue is paused."""

from __future__ import annotations

import sqlite3


def keep(connection: sqlite3.Connection, name: str, value: str) -> None:
    """Keep a fact."""
    connection.execute(
        "INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        (name, value),
    )


def get(connection: sqlite3.Connection, name: str) -> str:
    """A kept fact; empty where there is none."""
    row = connection.execute("SELECT value FROM settings WHERE name = ?", (name,)).fetchone()
    return str(row[0]) if row else ""
