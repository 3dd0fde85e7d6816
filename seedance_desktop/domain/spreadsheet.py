"""Texts as cells of a spreadsheet."""

from __future__ import annotations

_FORMULA = tuple("=+-@\t\n＝＋－＠")


def cell(value: str) -> str:
    """A value that no spreadsheet takes for a formula, with one kind of line end: a bare CR would end the row."""
    value = value.replace("\r\n", "\n").replace("\r", "\n")
    return f"'{value}" if value.startswith(_FORMULA) else value
